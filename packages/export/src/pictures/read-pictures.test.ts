import { create, toBinary } from '@bufbuild/protobuf';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { withFolder } from '../folder/model-folder.test-support.ts';
import { TensorProto_DataType as ProtoDataType, TensorProtoSchema } from '../gen/onnx_pb.ts';
import { numbered, writePictures } from './pictures.test-support.ts';
import { decodePicture } from './decode-picture.ts';
import { findPictures, NoPicturesError } from './find-pictures.ts';
import { readCalibration } from './read-calibration.ts';
import { readPictures, UnreadablePicturesError } from './read-pictures.ts';
import { readLabelledPictures, UnknownClassError } from './read-labelled-pictures.ts';
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
      await expect(findPictures(folder)).rejects.toThrow(NoPicturesError);
      await expect(findPictures(join(folder, 'faces'))).rejects.toThrow(/no such folder/u);
    }));
});

describe('readPictures', () => {
  test('gives the very bytes of a picture that has the size of the input', () =>
    withFolder(async (folder) => {
      await writePictures(folder, ['0.png', '1.png']);
      const faces = await readPictures({ folder, paths: ['1.png', '0.png'], geometry: SMALL });
      const raw = await sharp(join(folder, '1.png')).toColourspace('b-w').raw().toBuffer();
      expect([faces.count, ...faces.shape]).toEqual([2, 1, 12, 12]);
      expect(Buffer.compare(raw, faces.data.subarray(0, 144) as Uint8Array)).toBe(0);
    }));

  test('stretches pictures of another size, turned upright', () =>
    withFolder(async (folder) => {
      const stored = Uint8Array.from({ length: 24 * 48 }, (_, index) => (index % 48 < 24 ? 200 : 10));
      const image = sharp(stored, { raw: { width: 48, height: 24, channels: 1 } });
      await image.withMetadata({ orientation: 6 }).png().toFile(join(folder, 'turned.png'));
      const { data } = await readPictures({ folder, paths: ['turned.png'], geometry: SMALL });
      expect([data[0], data[11], data[132], data[143]]).toEqual([200, 200, 10, 10]);
    }));

  test('leaves out up to one in twenty that cannot be read, and refuses more', () =>
    withFolder(async (folder) => {
      const paths = numbered(40);
      await writePictures(folder, paths);
      await writeFile(join(folder, '007.png'), 'not a picture');
      const lines: string[] = [];
      const params = { folder, paths, geometry: SMALL, report: (line: string) => void lines.push(line) };
      const faces = await readPictures(params);
      expect(faces.count).toBe(39);
      expect(faces.data).toHaveLength(39 * 144);
      expect(lines).toEqual([expect.stringMatching(/^Left out 1 of 40 .*: 007\.png \(/u)]);
      for (const path of paths.slice(0, 3)) await writeFile(join(folder, path), '');
      await expect(readPictures(params)).rejects.toThrow(UnreadablePicturesError);
      await expect(readPictures(params)).rejects.toThrow(/4 of 40 pictures .* 000\.png/u);
    }));
});

describe('decodePicture', () => {
  test('gives the four channels of a picture with alpha where a model takes them', () =>
    withFolder(async (folder) => {
      const pixels = Uint8Array.from({ length: 144 * 4 }, (_, index) => (index * 7) % 256);
      const path = join(folder, 'alpha.png');
      await sharp(pixels, { raw: { width: 12, height: 12, channels: 4 } })
        .png()
        .toFile(path);
      const planes = await decodePicture(path, { widthPx: 12, heightPx: 12, channels: 4 });
      expect(planes).toHaveLength(576);
      expect([0, 1, 2, 3].map((channel) => planes[channel * 144 + 5])).toEqual([...pixels.subarray(20, 24)]);
    }));
});

describe('readCalibration', () => {
  test('takes 512 faces at most, evenly from all folders', () =>
    withFolder(async (folder) => {
      await writePictures(folder, [...numbered(400, 'a/'), ...numbered(200, 'b/')]);
      const { count, data } = await readCalibration(folder, SMALL);
      expect(count).toBe(512);
      expect(data).toHaveLength(512 * 144);
    }));

  test('refuses a folder of too few', () =>
    withFolder(async (folder) => {
      await writePictures(folder, numbered(9));
      await expect(readCalibration(folder, SMALL)).rejects.toThrow(/holds 9, and calibration needs 10/u);
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
      const { count, shape, data } = await readCalibration(path, SMALL);
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
      const reading = readCalibration(path, SMALL);
      await expect(reading).rejects.toThrow(TensorFileError);
      await expect(reading).rejects.toMatchObject({ wanted: 'float32 [N, 1, 12, 12]' });
      await expect(reading).rejects.toThrow(found);
    }),
  );
});

describe('readLabelledPictures', () => {
  test.each([
    [['neutral', 'angry'], 'probabilities', [0, 0, 2, 2]],
    [['open', 'closed'], 'mouth', [1, 1, 0, 0]],
  ])('takes folders %j for the classes of %s', (classes, output, truth) =>
    withFolder(async (folder) => {
      await writePictures(
        folder,
        classes.flatMap((name) => numbered(2, `${name}/`)),
      );
      const labelled = await readLabelledPictures(folder, SMALL, HEADS);
      expect(labelled).toMatchObject({ output, truth, count: 4 });
    }),
  );

  test('refuses folders that no output has labels for, and pictures in none', () =>
    withFolder(async (folder) => {
      await writePictures(folder, ['angry/1.png', 'open/2.png']);
      await expect(readLabelledPictures(folder, SMALL, HEADS)).rejects.toThrow(UnknownClassError);
      await expect(readLabelledPictures(folder, SMALL, HEADS)).rejects.toThrow(
        /probabilities has angry, happy/u,
      );
      const loose = join(folder, 'angry');
      await mkdir(loose, { recursive: true });
      await expect(readLabelledPictures(loose, SMALL, HEADS)).rejects.toThrow(UnknownClassError);
    }));
});
