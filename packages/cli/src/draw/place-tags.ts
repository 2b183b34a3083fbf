import { isWithin, overlapArea, type Rectangle } from './rectangle.ts';

/** How much a tag says: the bars of its likeliest labels, its label in one line, or its number alone. */
export type TagDetail = 'bars' | 'label' | 'number';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A face that wants a tag, with what each kind of tag would take. */
export interface TagRequest {
  readonly box: Rectangle;
  readonly sizes: Readonly<Record<TagDetail, Size>>;
}

/** Where a tag goes. */
export interface PlacedTag {
  readonly detail: TagDetail;
  readonly at: Rectangle;
}

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));

/** The places around a box, the best first: above, below, then at its sides. */
const placesAround = (box: Rectangle, { width, height }: Size, frame: Size, gap: number): Rectangle[] => {
  const aligned = [box.x, box.x + (box.width - width) / 2, box.x + box.width - width].map((x) =>
    clamp(x, 0, Math.max(0, frame.width - width)),
  );
  const beside = [box.y, box.y + (box.height - height) / 2, box.y + box.height - height].map((y) =>
    clamp(y, 0, Math.max(0, frame.height - height)),
  );
  const above = box.y - gap - height;
  const below = box.y + box.height + gap;
  return [
    ...aligned.map((x) => ({ x, y: above, width, height })),
    ...aligned.map((x) => ({ x, y: below, width, height })),
    ...beside.map((y) => ({ x: box.x + box.width + gap, y, width, height })),
    ...beside.map((y) => ({ x: box.x - gap - width, y, width, height })),
  ];
};

const within = (box: Rectangle, frame: Size): Rectangle => {
  const x = clamp(box.x, 0, frame.width);
  const y = clamp(box.y, 0, frame.height);
  return {
    x,
    y,
    width: clamp(box.x + box.width, 0, frame.width) - x,
    height: clamp(box.y + box.height, 0, frame.height) - y,
  };
};

const placeOne = (
  { box, sizes }: TagRequest,
  room: { frame: Size; gap: number; taken: readonly Rectangle[]; details: readonly TagDetail[] },
): PlacedTag => {
  const { frame, gap, taken, details } = room;
  const visible = within(box, frame);
  const bounds = { x: 0, y: 0, ...frame };
  for (const detail of details) {
    const free = placesAround(visible, sizes[detail], frame, gap).find(
      (place) => isWithin(place, bounds) && taken.every((other) => overlapArea(place, other) === 0),
    );
    if (free !== undefined) return { detail, at: free };
  }
  const { width, height } = sizes.number;
  const at = {
    x: clamp(visible.x, 0, Math.max(0, frame.width - width)),
    y: clamp(visible.y, 0, Math.max(0, frame.height - height)),
    width,
    height,
  };
  return { detail: 'number', at };
};

/** What {@link placeTags} is asked. */
interface Placement {
  readonly faces: readonly TagRequest[];
  readonly frame: Size;
  /** Between a box and its tag. */
  readonly gap: number;
}

const placeAll = ({ faces, frame, gap }: Placement, details: readonly TagDetail[]): PlacedTag[] => {
  const taken: Rectangle[] = faces.map(({ box }) => within(box, frame));
  const order = faces
    .map(({ box }, index) => ({ index, area: box.width * box.height }))
    .toSorted((one, other) => other.area - one.area);
  const placed: PlacedTag[] = [];
  for (const { index } of order) {
    const tag = placeOne(faces[index] as TagRequest, { frame, gap, taken, details });
    placed[index] = tag;
    if (tag.detail !== 'number') taken.push(tag.at);
  }
  return placed;
};

const numbersAlone = (tags: readonly PlacedTag[]): number =>
  tags.filter(({ detail }) => detail === 'number').length;

/**
 * Finds a place for the tag of every face, the largest first. A tag with bars or a label lies in the frame, beside its
 * face, and on no face and no other tag; where there is no such place, the number goes into the corner of the face's box.
 * Where bars for some would leave others with a number alone, nobody gets bars.
 *
 * @returns in the order of the faces.
 */
export const placeTags = (placement: Placement): PlacedTag[] => {
  const withBars = placeAll(placement, ['bars', 'label']);
  if (numbersAlone(withBars) === 0) return withBars;
  const withLabels = placeAll(placement, ['label']);
  return numbersAlone(withLabels) < numbersAlone(withBars) ? withLabels : withBars;
};
