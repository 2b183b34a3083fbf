import { createMetrics } from './server-metrics.ts';

const create = (depth = 0) =>
  createMetrics({
    queueDepth: () => depth,
    queueLimit: 64,
    running: () => 2,
    streams: () => 3,
    bodyBytes: () => 4,
    ready: () => true,
  });

const linesOf = async ({ registry }: ReturnType<typeof create>): Promise<string[]> =>
  (await registry.metrics()).split('\n');

describe('the metrics of a server', () => {
  test('tell how things are when they are asked for', async () => {
    expect(await linesOf(create(5))).toEqual(
      expect.arrayContaining([
        'mien_queue_depth 5',
        'mien_queue_limit 64',
        'mien_pictures_running 2',
        'mien_streams_open 3',
        'mien_body_bytes 4',
        'mien_ready 1',
      ]),
    );
  });

  test('count pictures and faces, and add up what they took in seconds', async () => {
    const metrics = create();
    metrics.imageRead({ faces: [{}, {}], timing: { decodeMs: 30, detectMs: 5, readMs: 7 } });
    metrics.imageRead({ faces: [], timing: { decodeMs: 10, detectMs: 5, readMs: 0 } });
    metrics.imageFailed();
    metrics.waited(0.5);
    metrics.served(0.25);
    metrics.frame('superseded');
    metrics.deviceInUse({ requested: 'auto', provider: 'cuda' }, 'expression');
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'mien_images_total{outcome="read"} 2',
        'mien_images_total{outcome="failed"} 1',
        'mien_faces_total 2',
        'mien_decode_seconds_sum 0.04',
        'mien_inference_seconds_sum 0.017',
        'mien_queue_wait_seconds_sum 0.5',
        'mien_service_seconds_count 1',
        'mien_stream_frames_total{outcome="superseded"} 1',
        'mien_provider_info{requested="auto",provider="cuda",model="expression"} 1',
      ]),
    );
  });

  test('hold what Node itself tells, and how late its event loop is', async () => {
    const text = (await linesOf(create())).join('\n');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/mu);
    expect(text).toMatch(/^mien_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/mu);
  });

  test('of two servers in one process are their own', async () => {
    const one = create();
    const other = create();
    one.imageFailed();
    expect((await linesOf(other)).join('\n')).not.toContain('mien_images_total{');
  });
});
