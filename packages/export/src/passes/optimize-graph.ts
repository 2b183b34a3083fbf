import type { Graph } from '../graph/graph.ts';
import { foldAffine, foldAffineIntoGemm } from './fold-affine.ts';
import { foldConstants } from './fold-constants.ts';
import { foldPad } from './fold-pad.ts';
import { liftTransposes } from './lift-transposes.ts';
import { mergeDuplicates } from './merge-duplicates.ts';
import { mergeReshapes } from './merge-reshapes.ts';
import { mergeTransposes } from './merge-transposes.ts';
import { nameClip } from './name-clip.ts';
import { nameFlatten } from './name-flatten.ts';
import { nameGlobalPool } from './name-global-pool.ts';
import { nameHardSigmoid } from './name-hard-sigmoid.ts';
import type { Pass } from './pass.ts';
import { permuteGemmRows } from './permute-gemm-rows.ts';
import { removeIdentities } from './remove-identities.ts';
import { sinkCasts } from './sink-casts.ts';
import { sinkTransposes } from './sink-transposes.ts';

/** The passes in the order in which they are tried. */
export const PASSES: readonly Pass[] = [
  removeIdentities,
  foldConstants,
  mergeDuplicates,
  sinkCasts,
  sinkTransposes,
  liftTransposes,
  mergeTransposes,
  mergeReshapes,
  nameClip,
  nameHardSigmoid,
  nameGlobalPool,
  permuteGemmRows,
  foldAffine,
  foldAffineIntoGemm,
  foldPad,
];

/**
 * Applies passes again and again until none finds anything to do.
 *
 * @throws {RangeError} when they never settle, which is a defect of a pass.
 */
export const runToFixpoint = (graph: Graph, passes: readonly Pass[]): Graph => {
  const rounds = 10 * graph.nodes.length + 10;
  let current = graph;
  for (let round = 0; round < rounds; round++) {
    const next = passes.reduce((result, pass) => pass.apply(result), current);
    if (next === current) return current;
    current = next;
  }
  throw new RangeError(`The passes ${passes.map((pass) => pass.name).join(', ')} never settle.`);
};

/**
 * Makes a converted graph small and fast without changing what it computes: no Transposes inside a CNN, batch
 * normalisation folded into convolutions and dense layers, no operator that does nothing.
 */
export const optimizeGraph = (graph: Graph): Graph => nameFlatten.apply(runToFixpoint(graph, PASSES));
