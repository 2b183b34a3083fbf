import { NO_AUGMENTATION } from './augment-recipe.ts';
import { createBatchStream } from './batch-stream.ts';

// A program that takes one batch and leaves the stream open: it must end by itself all the same.
const stream = createBatchStream({
  split: {
    count: 1,
    pixels: new Uint8Array(4),
    targets: Float32Array.of(1),
    sources: ['one.png'],
    scored: Uint8Array.of(1),
  },
  widthPx: 2,
  heightPx: 2,
  channels: 1,
  classes: 1,
  recipe: NO_AUGMENTATION,
  batchSize: 3,
  seed: 1,
  workers: 2,
});
console.log(`took ${(await stream.next()).size}`);
