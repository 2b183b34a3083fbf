import { InferenceSession, Tensor } from 'onnxruntime-node';
import { string } from '../graph/graph.ts';
import { GraphBuilder } from '../graph/graph-builder.ts';
import { writeOnnx } from '../write/write-onnx.ts';
import { fromFloat16Bits, toFloat16Bits } from './float16.ts';

/** onnxruntime's own conversion. */
const castByOnnxRuntime = async (values: Float32Array): Promise<ArrayLike<number>> => {
  const builder = new GraphBuilder('cast');
  const input = builder.input('x', ['N']);
  const output = { dtype: 'float16', shape: ['N'] } as const;
  builder.adopt({
    op: 'Cast',
    label: 'cast',
    inputs: [input],
    output,
    attributes: { to: string('float16') },
  });
  builder.output('y', output);
  const session = await InferenceSession.create(writeOnnx(builder.build()), { logSeverityLevel: 3 });
  const { y } = await session.run({ x: new Tensor('float32', values, [values.length]) });
  await session.release();
  return y?.data as Uint16Array;
};

/** Every half float, the number halfway to the next, and its neighbours in float32. */
const everyBoundary = (): Float32Array => {
  const values: number[] = [];
  for (let bits = 0; bits < 0x7c00; bits++) {
    const [value, next] = [fromFloat16Bits(bits), bits === 0x7bff ? 65536 : fromFloat16Bits(bits + 1)];
    const halfway = (value + next) / 2;
    const step = Math.fround(halfway) * 2 ** -23;
    values.push(value, halfway, halfway - step, halfway + step);
  }
  return Float32Array.from([...values, ...values.map((value) => -value), Infinity, -Infinity, 1e38, 1e-38]);
};

describe('toFloat16Bits', () => {
  test('rounds like onnxruntime at every boundary between two half floats', async () => {
    const values = everyBoundary();
    const expected = await castByOnnxRuntime(values);
    const wrong = values.filter((value, index) => toFloat16Bits(value) !== expected[index]);
    expect([...wrong]).toEqual([]);
  });

  test('keeps what is not a number', () => {
    expect(fromFloat16Bits(toFloat16Bits(NaN))).toBeNaN();
  });
});

describe('fromFloat16Bits', () => {
  test('gives back what was rounded, for every half float', () => {
    const all = Array.from({ length: 0x7c01 }, (_, bits) => bits);
    expect(all.filter((bits) => toFloat16Bits(fromFloat16Bits(bits)) !== bits)).toEqual([]);
    expect(all.filter((bits) => toFloat16Bits(fromFloat16Bits(bits | 0x8000)) !== (bits | 0x8000))).toEqual(
      [],
    );
  });
});
