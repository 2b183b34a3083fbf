/** The seven labels of FER2013, in the order of the `emotion` column of `fer2013.csv` (0 = angry … 6 = neutral). */
export const FER2013_LABELS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;

/** The eight emotions of FER+, in the column order of `fer2013new.csv`. */
export const FERPLUS_LABELS = [
  'neutral',
  'happiness',
  'surprise',
  'sadness',
  'anger',
  'disgust',
  'fear',
  'contempt',
] as const;
