import type { AugmentRecipe } from '../augment/augment-recipe.ts';
import type { Protocol } from '../dataset/protocol.ts';
import type { Recipe } from './recipe.ts';

/** Settings given for a run; the architecture's recipe fills in the others. */
export type GivenSettings = Partial<Omit<Recipe, 'augment'>> & {
  /** Replaces these fields of the architecture's augmentation. */
  readonly augment?: Partial<AugmentRecipe>;
  /** Training crops of this size, in pixels. */
  readonly cropPx?: number;
  /** α of the Beta distribution that mixup draws from; 0 is off. */
  readonly mixupAlpha?: number;
};

/** What a model is made of, as the user gave it. Plain JSON. */
export interface FitOptions {
  /** Folder or CSV file; undefined for the built-in faces. */
  readonly data?: string;
  /** FER+ votes, CSV. */
  readonly votes?: string;
  readonly protocol?: Protocol;
  /** A text file that names training images to leave out, one a line. */
  readonly exclude?: string;
  /** Also trains on images that show the same picture as a validation or test image; by default they are left out. */
  readonly keepDuplicates?: boolean;
  /** Learns the dataset's own labels beside the votes, in a second output of this name. */
  readonly ownLabels?: string;
  /** Folder of a trained model to start from, see `takeInitialWeights`. */
  readonly init?: string;
  /** Folders of trained models to learn from beside the labels, see `openTeachers`. */
  readonly teachers?: readonly string[];
  readonly architecture: string;
  readonly seed: number;
  readonly settings: GivenSettings;
}
