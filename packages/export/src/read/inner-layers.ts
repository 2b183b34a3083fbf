import type * as tf from '@tensorflow/tfjs';

/** What tfjs keeps in layers that hold others, which its types do not tell. */
interface Holder {
  readonly forwardLayer?: tf.layers.Layer;
  readonly backwardLayer?: tf.layers.Layer;
  readonly layer?: tf.layers.Layer;
  readonly cell?: tf.layers.Layer & { readonly cells?: readonly tf.layers.Layer[] };
}

/** The layers inside a wrapper, by what it calls them. */
export const wrappedLayers = (layer: tf.layers.Layer): Readonly<Record<string, tf.layers.Layer>> => {
  const { forwardLayer, backwardLayer, layer: inner } = layer as Holder;
  if (forwardLayer !== undefined && backwardLayer !== undefined) return { forwardLayer, backwardLayer };
  return inner === undefined ? {} : { layer: inner };
};

/** The cells of a recurrent layer, one upon the other; none for other layers. */
export const cellsOf = (layer: tf.layers.Layer): readonly tf.layers.Layer[] => {
  const { cell } = layer as Holder;
  return cell === undefined ? [] : (cell.cells ?? [cell]);
};

/** True for models among layers. */
export const isModel = (layer: tf.layers.Layer): layer is tf.LayersModel => 'layers' in layer;

/** All layers below one that hold weights of their own, however deep. */
export const weightedLayers = (layer: tf.layers.Layer): readonly tf.layers.Layer[] => {
  const inside = isModel(layer) ? layer.layers : [...Object.values(wrappedLayers(layer)), ...cellsOf(layer)];
  return inside.length === 0 ? [layer] : inside.flatMap(weightedLayers);
};
