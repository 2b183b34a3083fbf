/** Two convolutions of the network that look for faces of one range of sizes. */
export interface DetectorHead {
  /** The side of the grid of cells that the convolutions look at. */
  readonly cells: number;
  /** How many faces each cell can name. */
  readonly anchorsPerCell: number;
  /** The node that gives a logit for each anchor of each cell. */
  readonly scores: string;
  /** The node that gives {@link GEOMETRY} numbers for each. */
  readonly geometry: string;
}

/** The side of the square picture that the network takes, in pixels. */
export const INPUT_PX = 256;

/** Numbers that place a face: the box's centre, width and height, then x and y of six landmarks. */
export const GEOMETRY = 16;

/**
 * The heads of BlazeFace for back cameras, as the GraphModel of `@vladmandic/human` names their
 * nodes: strides of 16 and 32 pixels with 2 and 6 anchors for each cell.
 */
export const HEADS: readonly DetectorHead[] = [
  {
    cells: 16,
    anchorsPerCell: 2,
    scores: 'StatefulPartitionedCall/functional_1/conv2d_33/BiasAdd',
    geometry: 'StatefulPartitionedCall/functional_1/conv2d_35/BiasAdd',
  },
  {
    cells: 8,
    anchorsPerCell: 6,
    scores: 'StatefulPartitionedCall/functional_1/conv2d_34/BiasAdd',
    geometry: 'StatefulPartitionedCall/functional_1/conv2d_36/BiasAdd',
  },
];

/** How many anchors a head has. */
export const anchorsOf = ({ cells, anchorsPerCell }: DetectorHead): number => cells * cells * anchorsPerCell;

/** How many faces the network can name in one picture. */
export const CANDIDATES = HEADS.reduce((sum, head) => sum + anchorsOf(head), 0);
