import { MienError } from '@mien/contract';

/** There is no ffmpeg, which unpacks videos. */
export class FfmpegNotFoundError extends MienError {
  override readonly name = 'FfmpegNotFoundError';
  constructor(
    /** What was tried to start. */
    readonly program: string,
    readonly reason: string,
  ) {
    super(
      `Cannot start ${program}, which unpacks videos: ${reason}. Install it (Debian: apt-get install ffmpeg; macOS: ` +
        'brew install ffmpeg; Windows: winget install ffmpeg), or name it with the option "ffmpeg".',
    );
  }
}

/** A video cannot be read at all. */
export class UnreadableVideoError extends MienError {
  override readonly name = 'UnreadableVideoError';
  constructor(
    readonly video: string,
    /** Why, and what to do. */
    readonly reason: string,
  ) {
    super(`Cannot read ${video}: ${reason}.`);
  }
}

/** A file was read, but it is no video that ffmpeg can decode, or not to its end. */
export class UndecodableVideoError extends MienError {
  override readonly name = 'UndecodableVideoError';
  constructor(
    readonly video: string,
    /** What ffmpeg said. */
    readonly reason: string,
  ) {
    super(`Cannot decode ${video}: ${reason}. Use a whole video file that this machine's ffmpeg knows.`);
  }
}
