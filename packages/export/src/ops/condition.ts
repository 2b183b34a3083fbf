import type { GraphBuilder } from '../graph/graph-builder.ts';
import type { Value } from '../graph/graph.ts';

/** Makes a condition of a tensor: tfjs looks at the one element that it has, whatever its shape and type. */
export const asCondition = (builder: GraphBuilder, name: string, value: Value): Value =>
  builder.cast(name, value.shape.length === 0 ? value : builder.reshape(name, value, []), 'bool');
