import { MienError } from '@mien/contract';

/** As many pictures as `queueLimit` allows have no result yet: a server answers 429. */
export class QueueFullError extends MienError {
  override readonly name = 'QueueFullError';
  constructor(readonly limit: number) {
    super(`${limit} pictures are waiting already, as many as "queueLimit" allows. Try again later.`);
  }
}
