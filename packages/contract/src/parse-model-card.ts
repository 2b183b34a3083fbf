import * as v from 'valibot';
import { detectorCardSchema, type DetectorCard } from './detector-card.ts';
import { MienError } from './mien-error.ts';
import {
  modelCardSchema,
  trainedModelCardSchema,
  type ModelCard,
  type TrainedModelCard,
} from './model-card.ts';

/** A card that does not follow the schema. */
export class InvalidModelCardError extends MienError {
  override readonly name = 'InvalidModelCardError';
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super(
      `${source} is not a valid model card: ${problems.join('; ')}. Export the model again to get a fresh card.`,
    );
  }
}

const parse = <Schema extends v.GenericSchema>(
  schema: Schema,
  json: unknown,
  source: string,
): v.InferOutput<Schema> => {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => {
    const path = v.getDotPath(issue);
    return path === null ? issue.message : `${path}: ${issue.message}`;
  });
  throw new InvalidModelCardError(source, problems);
};

/**
 * Reads the card of a trained model.
 *
 * @param source where the JSON came from, for the error message.
 * @throws {InvalidModelCardError} naming every field that is wrong.
 */
export const parseTrainedModelCard = (json: unknown, source = 'The card'): TrainedModelCard =>
  parse(trainedModelCardSchema, json, source);

/**
 * Reads the card of an exported graph.
 *
 * @param source where the JSON came from, for the error message.
 * @throws {InvalidModelCardError} naming every field that is wrong.
 */
export const parseModelCard = (json: unknown, source = 'The card'): ModelCard =>
  parse(modelCardSchema, json, source);

/**
 * Reads the card of a face detector's graph.
 *
 * @param source where the JSON came from, for the error message.
 * @throws {InvalidModelCardError} naming every field that is wrong.
 */
export const parseDetectorCard = (json: unknown, source = 'The card'): DetectorCard =>
  parse(detectorCardSchema, json, source);
