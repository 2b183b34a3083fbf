import sharp from 'sharp';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeClip } from '../../../infer-node/src/video/clip.test-support.ts';
import { mediaKindOf, sniffMediaKind } from './media-kind.ts';

const folder = mkdtempSync(join(tmpdir(), 'mien-kinds-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nameless = (name: string): string => join(folder, name);

describe('a file without an extension is told by its first bytes', () => {
  test.each(['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const)('%s is a picture', async (format) => {
    const file = nameless(`picture-${format}`);
    await sharp({ create: { width: 32, height: 32, channels: 3, background: 'red' } })
      .toFormat(format)
      .toFile(file);
    expect(await mediaKindOf(file)).toBe('picture');
  });

  test.each(['mp4', 'mov', 'matroska', 'webm', 'avi', 'ogg', 'mpegts', 'mpeg', 'flv', 'asf'])(
    '%s is a video',
    async (format) => {
      const codec = { webm: 'libvpx', ogg: 'libtheora', flv: 'flv1', mpeg: 'mpeg1video' }[format] ?? 'mpeg4';
      const file = makeClip(
        nameless(`video-${format}`),
        ['-f', 'lavfi', '-i', 'color=red:size=64x64:rate=25:duration=0.2'],
        ['-c:v', codec, '-f', format],
      );
      expect(await mediaKindOf(file)).toBe('video');
    },
  );

  test('anything else counts as a picture, so that its decoder says what is wrong', async () => {
    writeFileSync(nameless('text'), 'no picture at all');
    expect(await mediaKindOf(nameless('text'))).toBe('picture');
    expect(await mediaKindOf(nameless('nothing'))).toBe('picture');
    expect(sniffMediaKind(new Uint8Array())).toBe('picture');
  });
});

test('an extension is believed, in any case', async () => {
  expect(await mediaKindOf('/gone/CLIP.MP4')).toBe('video');
  expect(await mediaKindOf('/gone/Photo.JPEG')).toBe('picture');
});
