import { fromBinary } from '@bufbuild/protobuf';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOnnxFile } from '../files/write-onnx-file.ts';
import { ModelProtoSchema, TensorProto_DataLocation as DataLocation } from '../gen/onnx_pb.ts';
import type { Graph } from '../graph/graph.ts';
import { floatTensor } from '../graph/tensor.ts';
import { graphOf, randomConstant } from '../passes/passes.test-support.ts';
import { runGraph } from '../verify/run-graph.ts';
import { fitsOneFile, GraphTooLargeError, LARGEST_CONSTANTS } from './graph-size.ts';
import { rawData, swapBytes } from './tensor-proto.ts';
import { writeOnnx } from './write-onnx.ts';
import { writeOnnxWithData } from './write-onnx-with-data.ts';

/** Constants of 4 bytes, 4 kB and, last but one, more than a megabyte. */
const graph = graphOf(['N', 40], (builder, x) => {
  const small = builder.add('Mul', 'scale', [x, builder.scalar('scale', 0.5)]);
  const hidden = builder.add('MatMul', 'hidden', [small, randomConstant(builder, 'k', [40, 25])]);
  const wide = builder.add('MatMul', 'wide', [hidden, randomConstant(builder, 'w', [25, 12000])]);
  return builder.add('MatMul', 'narrow', [wide, randomConstant(builder, 'n', [12000, 3])]);
});

const withFolder = async (use: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'mien-data-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

interface Entry {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

/** The constants that lie in another file, as the file says it. */
const externalEntries = (model: Uint8Array): Map<string, Entry> => {
  const initializers = fromBinary(ModelProtoSchema, model).graph?.initializer ?? [];
  const external = initializers.filter(({ dataLocation }) => dataLocation === DataLocation.EXTERNAL);
  return new Map(
    external.map(({ name, externalData }) => {
      const {
        location = '',
        offset,
        length,
      } = Object.fromEntries(externalData.map(({ key, value }) => [key ?? '', value ?? '']));
      return [name, { location, offset: Number(offset), length: Number(length) }];
    }),
  );
};

describe('writeOnnxWithData', () => {
  const settings = { location: 'model.onnx.data' };

  test('moves constants from the limit on, aligned, large ones to pages, and keeps the rest', () => {
    const { model, pieces, dataBytes } = writeOnnxWithData(graph, settings);
    const entries = externalEntries(model);
    expect([...entries.keys()].sort()).toEqual(['k', 'n', 'w']);
    for (const { location, offset, length } of entries.values()) {
      expect(location).toBe('model.onnx.data');
      expect(offset % (length >= 2 ** 20 ? 4096 : 64)).toBe(0);
    }
    expect(pieces.map(({ offset, bytes }) => `${offset} ${bytes.length}`)).toEqual([
      '0 4000',
      '4096 1200000',
      `${4096 + 1200000} 144000`,
    ]);
    expect(dataBytes).toBe(4096 + 1200000 + 144000);
    const none = writeOnnxWithData(graph, { ...settings, limitBytes: 1e7 });
    expect([none.pieces, none.dataBytes]).toEqual([[], 0]);
    expect(Buffer.compare(none.model, writeOnnx(graph))).toBe(0);
  });

  test('gives the same bytes for the same graph', () => {
    const [one, other] = [writeOnnxWithData(graph, settings), writeOnnxWithData(graph, settings)];
    expect(Buffer.compare(one.model, other.model)).toBe(0);
    expect(one.pieces).toHaveLength(other.pieces.length);
    for (const [index, { bytes }] of one.pieces.entries()) {
      expect(Buffer.compare(bytes, other.pieces[index]?.bytes ?? Buffer.alloc(0))).toBe(0);
    }
  });

  test('writes files that onnxruntime reads as it does a single one', () =>
    withFolder(async (folder) => {
      const written = await writeOnnxFile(join(folder, 'wide.onnx'), graph, { dataLimitBytes: 1000 });
      expect(written.dataFile).toBe('wide.onnx.data');
      expect((await readdir(folder)).sort()).toEqual(['wide.onnx', 'wide.onnx.data']);
      const data = await readFile(join(folder, 'wide.onnx.data'));
      expect(written.bytes).toBe(data.length + (await readFile(written.path)).length);
      const shape = [2, 40];
      const x = {
        dtype: 'float32',
        shape,
        data: Float32Array.from({ length: 80 }, (_, i) => Math.sin(i)),
      } as const;
      expect(await runGraph(written.path, { x })).toEqual(await runGraph(writeOnnx(graph), { x }));
    }));
});

describe('a graph of more constants than one file holds', () => {
  /** Pretends to be large: only its length is looked at. */
  const large = (): Graph => {
    const tensor = floatTensor([1], [1]);
    const data = new Proxy(tensor.data, {
      get: (target, key) => (key === 'byteLength' ? LARGEST_CONSTANTS + 1 : Reflect.get(target, key, target)),
    });
    return graphOf(['N', 1], (builder, x) =>
      builder.add('Mul', 'scale', [x, builder.constant('scale', { ...tensor, data })]),
    );
  };

  test('is not written into one', () => {
    expect(fitsOneFile(graph)).toBe(true);
    expect(fitsOneFile(large())).toBe(false);
    expect(() => writeOnnx(large())).toThrow(GraphTooLargeError);
    expect(() => writeOnnx(large())).toThrow(/1\.88 GB of weights, and an ONNX file ends at 2 GiB/u);
  });
});

describe('rawData', () => {
  test('gives little-endian bytes, which other machines get by turning theirs around', () => {
    const tensor = { dtype: 'int32' as const, shape: [2], data: Int32Array.of(1, 0x01020304) };
    expect([...rawData(tensor)]).toEqual([1, 0, 0, 0, 4, 3, 2, 1]);
    expect([...swapBytes(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4)]).toEqual([4, 3, 2, 1, 8, 7, 6, 5]);
  });
});
