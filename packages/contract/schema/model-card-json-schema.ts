import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema';
import { modelCardSchema } from '../src/model-card.ts';

/**
 * The model card as JSON Schema, for readers in other languages. Rules that span fields (unique labels, row widths)
 * have no JSON Schema form here and are left to {@link modelCardSchema}.
 */
export const modelCardJsonSchema = (): JsonSchema => ({
  title: 'Mien model card',
  ...toJsonSchema(modelCardSchema, { errorMode: 'ignore' }),
});
