import type { DeviceInUse } from '@mien/infer-node';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { measureEventLoopDelay } from './event-loop-delay.ts';
import { NAME, SECONDS } from './metric-names.ts';

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

const createHistograms = (registers: Registry[]) => {
  const histogram = (name: string, help: string) =>
    new Histogram({ name: `${NAME}_${name}`, help, buckets: SECONDS, registers });
  return {
    waited: histogram('queue_wait_seconds', 'How long pictures waited for a worker.'),
    served: histogram('service_seconds', 'How long workers took for a picture, all in all.'),
    decoded: histogram('decode_seconds', 'How long pictures took to decode.'),
    inferred: histogram('inference_seconds', 'How long finding and reading the faces of a picture took.'),
  };
};

const createCounters = (registers: Registry[]) => {
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `${NAME}_${name}`, help, labelNames, registers });
  return {
    images: counter('images_total', 'Pictures, by outcome.', ['outcome']),
    faces: counter('faces_total', 'Faces that were read.'),
    frames: counter('stream_frames_total', 'Frames of streams, by outcome.', ['outcome']),
  };
};

/** Creates the metrics of one server; those of its process (memory, CPU, event-loop delay) are among them. */
export const createMetrics = (gauges: Gauges): ServerMetrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  measureEventLoopDelay(`${NAME}_event_loop_delay_seconds`, registry);
  addGauges(registers, gauges);
  const { waited, served, decoded, inferred } = createHistograms(registers);
  const { images, faces, frames } = createCounters(registers);
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
