import type { DeviceInUse } from '@mien/infer-node';
import type { FastifyInstance } from 'fastify';
import { measureEventLoopDelay } from './event-loop-delay.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const NAME = 'mien';

// From a millisecond to half a minute, each about twice the one before.
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** How servers count what its client gave up; it is never sent. */
const CLIENT_GONE = 499;

/** What became of a frame of a stream. */
export type FrameOutcome = 'answered' | 'superseded' | 'busy' | 'failed';

/** How long the parts of a picture's way took, milliseconds. */
export interface ImageTiming {
  readonly decodeMs: number;
  readonly detectMs: number;
  readonly readMs: number;
}

/** What a server counts and measures, for Prometheus. */
export interface ServerMetrics {
  readonly registry: Registry;
  /** A picture waited this long for its turn. */
  waited(seconds: number): void;
  /** A picture took this long, from when it was handed to a worker until its result was back. */
  served(seconds: number): void;
  imageRead(image: { readonly faces: readonly unknown[]; readonly timing: ImageTiming }): void;
  imageFailed(): void;
  frame(outcome: FrameOutcome): void;
  /** Says what runs the models. */
  deviceInUse(device: DeviceInUse, model: string): void;
}

/** What is looked up when the metrics are asked for. */
export interface Gauges {
  readonly queueDepth: () => number;
  readonly queueLimit: number;
  readonly running: () => number;
  readonly streams: () => number;
  readonly bodyBytes: () => number;
  readonly ready: () => boolean;
}

const addGauges = (registers: Registry[], gauges: Gauges): void => {
  const gauge = (name: string, help: string, read: () => number): void => {
    void new Gauge({
      name: `${NAME}_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('queue_depth', 'Pictures that wait for a worker.', gauges.queueDepth);
  gauge('queue_limit', 'Pictures that may wait for a worker.', () => gauges.queueLimit);
  gauge('pictures_running', 'Pictures at work.', gauges.running);
  gauge('streams_open', 'WebSocket streams that are open.', gauges.streams);
  gauge('body_bytes', 'Bytes of request bodies in memory.', gauges.bodyBytes);
  gauge('ready', '1 while the server is ready for requests.', () => (gauges.ready() ? 1 : 0));
};

/** Creates the metrics of one server; those of its process (memory, CPU, event-loop delay) are among them. */
export const createMetrics = (gauges: Gauges): ServerMetrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  measureEventLoopDelay(`${NAME}_event_loop_delay_seconds`, registry);
  addGauges(registers, gauges);
  const histogram = (name: string, help: string) =>
    new Histogram({ name: `${NAME}_${name}`, help, buckets: SECONDS, registers });
  const waited = histogram('queue_wait_seconds', 'How long pictures waited for a worker.');
  const served = histogram('service_seconds', 'How long workers took for a picture, all in all.');
  const decoded = histogram('decode_seconds', 'How long pictures took to decode.');
  const inferred = histogram(
    'inference_seconds',
    'How long finding and reading the faces of a picture took.',
  );
  const images = new Counter({
    name: `${NAME}_images_total`,
    help: 'Pictures, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const faces = new Counter({ name: `${NAME}_faces_total`, help: 'Faces that were read.', registers });
  const frames = new Counter({
    name: `${NAME}_stream_frames_total`,
    help: 'Frames of streams, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const provider = new Gauge({
    name: `${NAME}_provider_info`,
    help: 'What runs the models; always 1.',
    labelNames: ['requested', 'provider', 'model'],
    registers,
  });
  return {
    registry,
    waited: (seconds) => waited.observe(seconds),
    served: (seconds) => served.observe(seconds),
    imageRead: ({ faces: found, timing }) => {
      images.inc({ outcome: 'read' });
      faces.inc(found.length);
      decoded.observe(timing.decodeMs / 1000);
      inferred.observe((timing.detectMs + timing.readMs) / 1000);
    },
    imageFailed: () => images.inc({ outcome: 'failed' }),
    frame: (outcome) => frames.inc({ outcome }),
    deviceInUse: ({ requested, provider: used }, model) =>
      provider.set({ requested, provider: used, model }, 1),
  };
};

/** Counts requests by route and status, and measures how long they took. */
export const measureRequests = (app: FastifyInstance, registry: Registry): void => {
  const labelNames = ['method', 'route', 'status'] as const;
  const registers = [registry];
  const requests = new Counter({
    name: `${NAME}_http_requests_total`,
    help: 'Requests, by method, route and status; 499 where the client went away.',
    labelNames,
    registers,
  });
  const seconds = new Histogram({
    name: `${NAME}_http_request_seconds`,
    help: 'How long requests took.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  app.addHook(
    'onResponse',
    async ({ method, routeOptions: { url: route = 'none' } }, { statusCode: status, elapsedTime }) => {
      requests.inc({ method, route, status });
      seconds.observe({ route }, elapsedTime / 1000);
    },
  );
  // What has no answer never comes to onResponse; a stream is no request that waits for one.
  app.addHook('onRequest', async (request, { raw }) => {
    const { method, routeOptions } = request;
    raw.once('close', () => {
      if (!raw.writableFinished && !request.ws)
        requests.inc({ method, route: routeOptions.url ?? 'none', status: CLIENT_GONE });
    });
  });
};
