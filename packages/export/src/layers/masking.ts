import type { LayerConverter, LayerConverters } from './layer-call.ts';
import { countsAnywhere } from './mask.ts';

/** Sets steps to zero that do not count; {@link maskAfter} says which they are to the layers behind. */
const masking: LayerConverter = (call) => {
  const counts = countsAnywhere(call, call.config['maskValue'] as number, true);
  return call.add('Mul', [call.input, call.cast(counts, call.input.dtype)]);
};

/** The layer that says which steps of a sequence count. */
export const maskingLayers: LayerConverters = { Masking: masking };
