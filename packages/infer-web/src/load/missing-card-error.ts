import { MienError } from '@mien/contract';

/** A model was given as bytes, without the card that says what they mean. */
export class MissingCardError extends MienError {
  override readonly name = 'MissingCardError';
  constructor() {
    super(
      'A model given as bytes has no address to find its card beside. Pass the model.card.json as `card`.',
    );
  }
}
