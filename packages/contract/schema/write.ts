import { writeFileSync } from 'node:fs';
import { modelCardJsonSchema } from './model-card-json-schema.ts';

writeFileSync(
  new URL('../model-card.schema.json', import.meta.url),
  `${JSON.stringify(modelCardJsonSchema(), null, 2)}\n`,
);
