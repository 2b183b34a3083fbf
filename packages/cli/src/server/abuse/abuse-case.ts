import type { Random } from '@mien/contract';

/** How an attempt ended: with an HTTP status, a WebSocket's close code, or a connection closed without either. */
export type AbuseOutcome = number | 'closed';

/** The server that is abused. */
export interface AbuseTarget {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** A sound image; broken ones are made of it. */
  readonly image: Uint8Array;
  /** Bytes that a body may have at most. */
  readonly maxBodyBytes: number;
}

/** One way to send what no server should be sent. */
export interface AbuseCase {
  readonly name: string;
  /** How it may end; `closed` only where the client itself goes away, or has said nothing that could be answered. */
  readonly expected: readonly AbuseOutcome[];
  /** True where it waits for the server to lose its patience. */
  readonly slow?: boolean;
  /** Does it, each time with other random numbers. */
  readonly attempt: (target: AbuseTarget, random: Random) => Promise<AbuseOutcome>;
}
