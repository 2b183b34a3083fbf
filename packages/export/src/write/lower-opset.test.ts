import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema } from '../gen/onnx_pb.ts';
import { int } from '../graph/graph.ts';
import { intTensor } from '../graph/tensor.ts';
import { graphOf } from '../passes/passes.test-support.ts';
import { lowerOpset, OpsetError } from './lower-opset.ts';
import { writeOnnx } from './write-onnx.ts';

const mean = graphOf(['N', 3, 4], (builder, x) =>
  builder.add('ReduceMean', 'm', [x, builder.constant('axes', intTensor([1]))], { keepdims: int(0) }),
);

describe('lowerOpset', () => {
  test('gives reductions their axes as a setting up to opset 17, and leaves them alone after', () => {
    const [node] = lowerOpset(mean, 17).nodes;
    expect(node?.inputs).toHaveLength(1);
    expect(node?.attributes['axes']).toEqual({ type: 'ints', value: [1] });
    expect(lowerOpset(mean, 19)).toBe(mean);
  });

  test.each([
    [16, 8n],
    [18, 8n],
    [20, 9n],
    [22, 10n],
  ])('writes opset %i into a file of format %i', (opset, irVersion) => {
    const model = fromBinary(ModelProtoSchema, writeOnnx(mean, {}, opset));
    expect([model.irVersion, model.opsetImport.map(({ version }) => version)]).toEqual([
      irVersion,
      [BigInt(opset)],
    ]);
  });

  test.each([15, 23, 17.5])('refuses opset %d', (opset) => {
    expect(() => writeOnnx(mean, {}, opset)).toThrow(OpsetError);
  });
});
