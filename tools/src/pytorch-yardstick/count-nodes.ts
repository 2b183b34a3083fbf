import { convertLayersModel, countOps, optimizeGraph, type ModelFiles } from '@mien/export';
import { getArchitecture } from '@mien/training';
import tf from '@tensorflow/tfjs';

/**
 * Converts the networks that `count_nodes.py` builds in PyTorch, as they are trained here, and counts the nodes: what
 * the two come to should not differ to our disadvantage.
 */

const CLASSES = 7;

const filesOf = async (model: tf.LayersModel): Promise<ModelFiles> => {
  let files: ModelFiles | undefined;
  const keep = tf.io.withSaveHandler((artifacts) => {
    const { modelTopology, weightSpecs, weightData } = artifacts;
    const weights = [{ paths: ['weights.bin'], weights: weightSpecs }];
    files = {
      modelJson: { format: 'layers-model', modelTopology, weightsManifest: weights },
      weights: { 'weights.bin': new Uint8Array(tf.io.CompositeArrayBuffer.join(weightData)) },
    };
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
    });
  });
  await model.save(keep);
  if (files === undefined) throw new Error('tfjs saved nothing.');
  return files;
};

await tf.setBackend('cpu');
for (const name of ['residual', 'expression']) {
  const model = getArchitecture(name).build({ classes: CLASSES, seed: 1 });
  const converted = await convertLayersModel(await filesOf(model));
  const ops = countOps(optimizeGraph(converted));
  const total = [...ops.values()].reduce((sum, count) => sum + count, 0);
  const listed = [...ops].map(([op, count]) => `${count} ${op}`).join(', ');
  process.stdout.write(`${name} (${model.countParams().toLocaleString('en')} parameters)\n`);
  process.stdout.write(`  here: ${total} nodes (${converted.nodes.length} before optimising): ${listed}\n`);
}
