import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { createTensorBoardWriter, TensorBoardWriteError } from './tensorboard-writer.ts';
import { tfRecord } from './tf-record.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'mien-tensorboard-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Takes a record file apart, checking that every frame is whole. */
const messagesOf = (bytes: Uint8Array): Uint8Array[] => {
  const messages: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(start, true));
    const message = bytes.subarray(start + 12, start + 12 + length);
    expect(bytes.subarray(start, start + 16 + length)).toEqual(tfRecord(message));
    messages.push(message);
    start += 16 + length;
  }
  return messages;
};

interface Point {
  step: number;
  tag: string;
  value: number;
}

/** Reads `Event { step = 2, summary = 5 { value = 1 { tag = 1, simple_value = 2 } } }`. */
const readPoint = (reader: BinaryReader, end: number, point: Point, path = ''): Point => {
  while (reader.pos < end) {
    const [field, wire] = reader.tag();
    const at = `${path}/${field}`;
    if (at === '/2') point.step = Number(reader.int64());
    else if (at === '/5' || at === '/5/1') {
      const length = reader.uint32();
      readPoint(reader, reader.pos + length, point, at);
    } else if (at === '/5/1/1') point.tag = reader.string();
    else if (at === '/5/1/2') point.value = reader.float();
    else reader.skip(wire);
  }
  return point;
};

describe('createTensorBoardWriter', () => {
  test('writes a file of one version event and one event for each number', async () => {
    const folder = join(dir, 'a', 'b');
    const writer = createTensorBoardWriter(folder);
    writer.scalar('train/loss', 0.5, 1);
    writer.scalar('validation/accuracy', 0.75, 3_000_000_000);
    await writer.close();

    const files = await readdir(folder);
    expect(files).toEqual([expect.stringMatching(/^events\.out\.tfevents\.\d{10}\./u)]);
    const [version, ...events] = messagesOf(await readFile(join(folder, files[0] as string)));
    expect(Buffer.from(version as Uint8Array).toString('latin1')).toContain('brain.Event:2');
    expect(
      events.map((event) => readPoint(new BinaryReader(event), event.length, { step: 0, tag: '', value: 0 })),
    ).toEqual([
      { step: 1, tag: 'train/loss', value: 0.5 },
      { step: 3_000_000_000, tag: 'validation/accuracy', value: 0.75 },
    ]);
  });

  test('has every number in the file before it is closed', async () => {
    const writer = createTensorBoardWriter(dir);
    writer.scalar('loss', 1, 1);
    const [file] = await readdir(dir);
    expect(messagesOf(await readFile(join(dir, file as string)))).toHaveLength(2);
    await writer.close();
  });

  test('never writes into the file of an earlier run', async () => {
    const first = createTensorBoardWriter(dir);
    const second = createTensorBoardWriter(dir);
    await Promise.all([first.close(), second.close()]);
    expect(await readdir(dir)).toHaveLength(2);
  });

  test('says where it could not write', async () => {
    const file = join(dir, 'not-a-folder');
    await writeFile(file, '');
    expect(() => createTensorBoardWriter(file)).toThrow(TensorBoardWriteError);
    expect(() => createTensorBoardWriter(file)).toThrow(file);
  });
});
