import { create, toBinary } from '@bufbuild/protobuf';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { withFolder } from '../folder/model-folder.test-support.ts';
import { TensorProto_DataType as ProtoDataType, TensorProtoSchema } from '../gen/onnx_pb.ts';
import { numbered, writePictures } from './faces.test-support.ts';
import { findPictures, NoFacesError } from './find-pictures.ts';
import { readCalibrationFaces } from './read-calibration-faces.ts';
import { readFaces, UnreadableFacesError } from './read-faces.ts';
import { readLabelledFaces, UnknownClassError } from './read-labelled-faces.ts';
import { TensorFileError } from './read-tensor-file.ts';

const SMALL = { widthPx: 12, heightPx: 12, channels: 1 } as const;

const HEADS = [
  { output: 'probabilities', labels: ['angry', 'happy', 'neutral'] },
  { output: 'mouth', labels: ['open', 'closed'] },
];

describe('findPictures', () => {
  test('finds pictures at any depth, sorted, and leaves out what is hidden or something else', () =>
    withFolder(async (folder) => {
      await writePictures(folder, ['b/2.png', 'B/1.JPG', 'a.webp', '.hidden/3.png', '.4.png', 'c/d/e.png']);
      await writeFile(join(folder, 'notes.txt'), 'mine');
      expect(await findPictures(folder)).toEqual(['B/1.JPG', 'a.webp', 'b/2.png', 'c/d/e.png']);
    }));

  test('says where there are none', () =>
    withFolder(async (folder) => {
      await expect(findPictures(folder)).rejects.toThrow(NoFacesError);
      await expect(findPictures(join(folder, 'faces'))).rejects.toThrow(/no such folder/u);
    }));
});

describe('readFaces', () => {
  test('gives the very bytes of a picture that has the size of the input', () =>
    withFolder(async (folder) => {
      await writePictures(folder, ['0.png', '1.png']);
      const faces = await readFaces({ folder, paths: ['1.png', '0.png'], geometry: SMALL });
      const raw = await sharp(join(folder, '1.png')).toColourspace('b-w').raw().toBuffer();
      expect([faces.count, ...faces.shape]).toEqual([2, 1, 12, 12]);
      expect(Buffer.compare(raw, faces.data.subarray(0, 144) as Uint8Array)).toBe(0);
    }));

  test('stretches pictures of another size, turned upright', () =>
    withFolder(async (folder) => {
      const stored = Uint8Array.from({ length: 24 * 48 }, (_, index) => (index % 48 < 24 ? 200 : 10));
      const image = sharp(stored, { raw: { width: 48, height: 24, channels: 1 } });
      await image.withMetadata({ orientation: 6 }).png().toFile(join(folder, 'turned.png'));
      const { data } = await readFaces({ folder, paths: ['turned.png'], geometry: SMALL });
      expect([data[0], data[11], data[132], data[143]]).toEqual([200, 200, 10, 10]);
    }));

  test('leaves out up to one in twenty that cannot be read, and refuses more', () =>
    withFolder(async (folder) => {
      const paths = numbered(40);
      await writePictures(folder, paths);
      await writeFile(join(folder, '007.png'), 'not a picture');
      const lines: string[] = [];
      const params = { folder, paths, geometry: SMALL, report: (line: string) => void lines.push(line) };
      const faces = await readFaces(params);
      expect(faces.count).toBe(39);
      expect(faces.data).toHaveLength(39 * 144);
      expect(lines).toEqual([expect.stringMatching(/^Left out 1 of 40 .*: 007\.png \(/u)]);
      for (const path of paths.slice(0, 3)) await writeFile(join(folder, path), '');
      await expect(readFaces(params)).rejects.toThrow(UnreadableFacesError);
      await expect(readFaces(params)).rejects.toThrow(/4 of 40 pictures .* 000\.png/u);
    }));
});

describe('readCalibrationFaces', () => {
  test('takes 512 faces at most, evenly from all folders', () =>
    withFolder(async (folder) => {
      await writePictures(folder, [...numbered(400, 'a/'), ...numbered(200, 'b/')]);
      const { count, data } = await readCalibrationFaces(folder, SMALL);
      expect(count).toBe(512);
      expect(data).toHaveLength(512 * 144);
    }));

  test('refuses a folder of too few', () =>
    withFolder(async (folder) => {
      await writePictures(folder, numbered(9));
      await expect(readCalibrationFaces(folder, SMALL)).rejects.toThrow(/holds 9, and calibration needs 10/u);
    }));

  const tensor = (dims: number[], dataType: number = ProtoDataType.FLOAT) => {
    const count = dims.reduce((product, dim) => product * dim, 1);
    const view = new DataView(new ArrayBuffer(count * 4));
    for (let index = 0; index < count; index++) view.setFloat32(index * 4, index % 256, true);
    const content = { dims: dims.map(BigInt), dataType, rawData: new Uint8Array(view.buffer) };
    return toBinary(TensorProtoSchema, create(TensorProtoSchema, content));
  };

  test('takes a file of inputs', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'input_0.pb');
      await writeFile(path, tensor([12, 1, 12, 12]));
      const { count, shape, data } = await readCalibrationFaces(path, SMALL);
      expect([count, ...shape]).toEqual([12, 1, 12, 12]);
      expect([...data.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    }));

  test.each([
    ['of another size', tensor([12, 1, 48, 48]), '[12, 1, 48, 48]'],
    ['of whole numbers', tensor([12, 1, 12, 12], ProtoDataType.INT32), '[12, 1, 12, 12]'],
    ['that is no tensor', Buffer.from('not protobuf at all'), 'no tensor'],
  ])('refuses a file %s', (_, bytes, found) =>
    withFolder(async (folder) => {
      const path = join(folder, 'input_0.pb');
      await writeFile(path, bytes);
      const reading = readCalibrationFaces(path, SMALL);
      await expect(reading).rejects.toThrow(TensorFileError);
      await expect(reading).rejects.toMatchObject({ wanted: '[N, 1, 12, 12]' });
      await expect(reading).rejects.toThrow(found);
    }),
  );
});

describe('readLabelledFaces', () => {
  test.each([
    [['neutral', 'angry'], 'probabilities', [0, 0, 2, 2]],
    [['open', 'closed'], 'mouth', [1, 1, 0, 0]],
  ])('takes folders %j for the classes of %s', (classes, output, truth) =>
    withFolder(async (folder) => {
      await writePictures(
        folder,
        classes.flatMap((name) => numbered(2, `${name}/`)),
      );
      const labelled = await readLabelledFaces(folder, SMALL, HEADS);
      expect(labelled).toMatchObject({ output, truth, count: 4 });
    }),
  );

  test('refuses folders that no output has labels for, and pictures in none', () =>
    withFolder(async (folder) => {
      await writePictures(folder, ['angry/1.png', 'open/2.png']);
      await expect(readLabelledFaces(folder, SMALL, HEADS)).rejects.toThrow(UnknownClassError);
      await expect(readLabelledFaces(folder, SMALL, HEADS)).rejects.toThrow(
        /probabilities has angry, happy/u,
      );
      const loose = join(folder, 'angry');
      await mkdir(loose, { recursive: true });
      await expect(readLabelledFaces(loose, SMALL, HEADS)).rejects.toThrow(UnknownClassError);
    }));
});
