import type { ActivationRanges } from '../precision/activation-ranges.ts';
import type { Calibration } from '../precision/calibrate-graph.ts';

/** What a report says of how int8 was made. */
export const calibrationReport = (
  ranges: ActivationRanges | undefined,
  calibration: Calibration | undefined,
) => ({
  method: ranges?.method,
  images: ranges?.images,
  inFloat: ranges?.inFloat,
  heldOut: calibration?.heldOut.count,
  methods: calibration?.methods,
  rounds: calibration?.rounds,
});
