import { fileURLToPath } from 'node:url';

/** GraphModels that the package @vladmandic/human ships, which the converter is held to. */
export const HUMAN_MODELS = [
  'antispoof',
  'blazeface',
  'centernet',
  'emotion',
  'facemesh',
  'faceres',
  'handlandmark-lite',
  'handtrack',
  'iris',
  'liveness',
  'movenet-lightning',
] as const;

/** The package does not export its models, so they are found where npm puts them in this repository. */
const MODELS = new URL('../../../../node_modules/@vladmandic/human/models/', import.meta.url);

/** The path of a model's JSON file. */
export const humanModelPath = (name: string): string => fileURLToPath(new URL(`${name}.json`, MODELS));
