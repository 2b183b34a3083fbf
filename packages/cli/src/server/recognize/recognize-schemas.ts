const fraction = (description: string) => ({ type: 'number', minimum: 0, maximum: 1, description }) as const;
const number = (description: string) => ({ type: 'number', description }) as const;
const whole = (description: string) => ({ type: 'integer', description }) as const;

const object = <Properties extends Record<string, object>>(description: string, properties: Properties) =>
  ({ type: 'object', description, required: Object.keys(properties), properties }) as const;

const point = (description: string) =>
  object(description, { xPx: number('From the left.'), yPx: number('From the top.') });

const labelProbability = object('A label and its probability.', {
  label: { type: 'string' },
  probability: fraction('Calibrated.'),
});

const box = object(
  'The face in the upright image, in pixels from its top left corner. It may reach outside where the face does.',
  {
    leftPx: number('The left side.'),
    topPx: number('The upper side.'),
    widthPx: number('From left to right.'),
    heightPx: number('From top to bottom.'),
  },
);

const landmarks = object("The detector's six points. Left and right are the person's own.", {
  rightEye: point("The person's right eye, on the left of the image."),
  leftEye: point("The person's left eye."),
  noseTip: point('The tip of the nose.'),
  mouth: point('The middle of the mouth.'),
  rightEar: point("The person's right ear."),
  leftEar: point("The person's left ear."),
});

const quality = object('How well the face can be read.', {
  score: fraction('The worst of its parts, each 1 where nothing is amiss.'),
  sizePx: number("The side of the square that the model's input was cut from, pixels."),
  sharpness: fraction("1 where edges are as sharp as the model's input can show."),
  brightness: fraction('The mean gray of the face.'),
  rollRad: number('The line through the eyes against the horizontal, radians, clockwise is positive.'),
  yawRad: number("Radians; positive where the face looks to the image's right."),
  pitchRad: number('Radians; positive where the face looks down.'),
  insideShare: fraction('The share of the cut square that lies inside the image.'),
  issues: { type: 'array', items: { type: 'string' }, description: 'What is too poor, the worst first.' },
});

const reading = {
  label: { type: 'string', description: 'The likeliest label.' },
  probability: fraction('Its calibrated probability.'),
  probabilities: { type: 'array', items: labelProbability, description: "All labels, in the model's order." },
} as const;

const face = {
  box,
  landmarks,
  confidence: fraction('How sure the detector is that this is a face.'),
  ...reading,
  quality,
  unsure: { type: 'boolean', description: 'True where the label should not be relied on.' },
  unsureReasons: { type: 'array', items: { type: 'string' }, description: 'Why, the weightiest first.' },
} as const;

/** The JSON schema of one face and its expression. */
export const faceSchema = { $id: 'Face', ...object('A face and what the model reads in it.', face) } as const;

/** The JSON schema of one face in a stream. */
export const trackedFaceSchema = {
  $id: 'TrackedFace',
  ...object('A face that is followed from frame to frame. The reading is smoothed over them.', {
    ...face,
    trackId: whole('The same for the same face as long as it is followed; from 1, never used again.'),
    current: object('What the model reads in this frame alone.', reading),
    firstSeenMs: number("When the face was first seen, milliseconds on the frames' clock."),
  }),
} as const;

/** How a client may ask for other faces, by query, form field or member of a JSON body. */
export const optionProperties = {
  maxFaces: {
    type: 'integer',
    minimum: 1,
    maximum: 1_000_000,
    description: 'Read so many faces of each image, the largest. At most what the server allows.',
  },
  minConfidence: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 1,
    description: 'Leave out faces that the detector is less sure of.',
  },
  unsureBelow: fraction('Call a reading unsure where its probability is below this.'),
} as const;

/** The options as a schema of their own. */
export const optionsSchema = {
  type: 'object',
  additionalProperties: false,
  properties: optionProperties,
} as const;

const base64 = {
  type: 'string',
  description: 'An encoded image (JPEG, PNG, WebP, GIF, AVIF or TIFF) as base64, or as a data: URL.',
} as const;

/** The JSON schema of a body that holds images as base64. */
export const jsonImagesSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { image: base64, images: { type: 'array', minItems: 1, items: base64 }, ...optionProperties },
  oneOf: [{ required: ['image'] }, { required: ['images'] }],
} as const;

const binary = { type: 'string', format: 'binary' } as const;

/** The bodies that `POST /v1/recognize` takes beside JSON, by content type: described, not checked by a schema. */
export const furtherBodySchemas = {
  'image/*': { schema: { ...binary, description: 'One encoded image.' } },
  'application/octet-stream': { schema: { ...binary, description: 'One encoded image.' } },
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: {
        image: { type: 'array', items: binary, description: 'Images, as parts of any name.' },
        ...optionProperties,
      },
    },
  },
} as const;

const imageResult = {
  type: 'object',
  description: 'One image: its size and faces, or the problem with it.',
  properties: {
    name: { type: 'string', description: 'The name of the file, where the form gave one.' },
    widthPx: whole('The width of the upright image.'),
    heightPx: whole('Its height.'),
    faces: {
      type: 'array',
      items: { $ref: 'Face#' },
      description: 'The largest first; empty where there are none.',
    },
    problem: { $ref: 'Problem#' },
  },
} as const;

/** The JSON schema of the answer of `POST /v1/recognize`. */
export const recognitionSchema = object('The faces of each image, in the order of the request.', {
  model: object('What read the expressions.', {
    name: { type: 'string' },
    sha256: { type: 'string', description: 'Of the graph. GET /v1/model gives the whole card.' },
  }),
  images: { type: 'array', items: imageResult },
});
