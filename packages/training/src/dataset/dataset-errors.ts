import { MienError } from '@mien/contract';
import type { SkippedSource } from './image-dataset.ts';

const listed = (items: readonly string[], most = 3): string =>
  items.length <= most
    ? items.join(', ')
    : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;

/** There is nothing at the path that was given as the dataset. */
export class DatasetNotFoundError extends MienError {
  override readonly name = 'DatasetNotFoundError';
  constructor(
    readonly path: string,
    readonly wanted = 'a folder of images or fer2013.csv',
  ) {
    super(`There is nothing at ${path}. Give the path of ${wanted}.`);
  }
}

/** A file was given as the dataset that is not a CSV file. */
export class UnsupportedDatasetError extends MienError {
  override readonly name = 'UnsupportedDatasetError';
  constructor(readonly path: string) {
    super(
      `${path} is a file, but not a .csv file. Give a folder with one folder of images per class, or Kaggle's fer2013.csv.`,
    );
  }
}

/** A folder without a single class folder that holds files. */
export class NoImagesError extends MienError {
  override readonly name = 'NoImagesError';
  constructor(readonly path: string) {
    super(
      `No images in ${path}. Expected ${path}/<class>/<image> or ${path}/train/<class>/<image>, as PNG, JPEG or WebP.`,
    );
  }
}

/** A dataset of which nothing is left to validate on, or nothing that its scoring protocol counts. */
export class NoValidationImagesError extends MienError {
  override readonly name = 'NoValidationImagesError';
  constructor(readonly path: string) {
    super(
      `No image of ${path} that counts is left for validation. Add images (two per class at least), or a validation folder; ` +
        'with votes, --protocol majority counts more of them.',
    );
  }
}

/** A class without a usable image. */
export class EmptyClassError extends MienError {
  override readonly name = 'EmptyClassError';
  constructor(
    readonly label: string,
    readonly where: string,
  ) {
    super(`Class "${label}" has no usable image in ${where}. Add images to it, or remove the class.`);
  }
}

/** A dataset with one class only: there is nothing to tell apart. */
export class SingleClassError extends MienError {
  override readonly name = 'SingleClassError';
  constructor(
    readonly path: string,
    readonly label: string,
  ) {
    super(`${path} has only one class, "${label}". Training needs at least two.`);
  }
}

/** Class folders that are not the same in every split. */
export class ClassFoldersDifferError extends MienError {
  override readonly name = 'ClassFoldersDifferError';
  constructor(
    readonly path: string,
    readonly split: string,
    readonly missing: readonly string[],
    readonly unexpected: readonly string[],
  ) {
    const parts = [
      missing.length > 0 ? `lacks ${listed(missing)}` : '',
      unexpected.length > 0 ? `has ${listed(unexpected)}, which train lacks` : '',
    ];
    super(
      `The class folders of ${path}/${split} differ from those of ${path}/train: it ${parts.filter(Boolean).join(' and ')}. ` +
        'Give every split the same class folders.',
    );
  }
}

/** Too large a share of the files or rows cannot be used: more likely a wrong path than a few damaged files. */
export class TooManyUnusableError extends MienError {
  override readonly name = 'TooManyUnusableError';
  constructor(
    readonly path: string,
    readonly unit: 'files' | 'rows',
    readonly unusable: readonly SkippedSource[],
    readonly total: number,
  ) {
    const examples = unusable.map(({ source, reason }) => `${source} (${reason})`);
    const share = ((100 * unusable.length) / total).toFixed(1);
    super(
      `${unusable.length} of ${total} ${unit} in ${path} cannot be used (${share} %, allowed are 5 %): ${listed(examples)}. ` +
        `Repair or remove them.`,
    );
  }
}

/** A class of which every training image shows the same picture as a validation or test image. */
export class OnlyDuplicatesError extends MienError {
  override readonly name = 'OnlyDuplicatesError';
  constructor(
    readonly path: string,
    readonly label: string,
    readonly images: number,
  ) {
    super(
      `All ${images} training images of class "${label}" in ${path} show the same pictures as validation or test images, ` +
        'so scores would say nothing about new faces. Validate on other pictures, or keep them with --keep-duplicates.',
    );
  }
}

/** A CSV file without a column that is needed. */
export class MissingColumnsError extends MienError {
  override readonly name = 'MissingColumnsError';
  constructor(
    readonly path: string,
    readonly missing: readonly string[],
    readonly found: readonly string[],
  ) {
    super(
      `${path} lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; its first line reads "${found
        .join(',')
        .slice(0, 120)}". Give the original file, with its header.`,
    );
  }
}

/** A file that is not CSV at all from some line on. */
export class InvalidCsvError extends MienError {
  override readonly name = 'InvalidCsvError';
  constructor(
    readonly path: string,
    options: { cause: unknown },
  ) {
    super(`${path} is not valid CSV. Download it again, or repair it.`, options);
  }
}

/** Votes of which not one belongs to an image of the dataset. */
export class VotesMatchNothingError extends MienError {
  override readonly name = 'VotesMatchNothingError';
  constructor(
    readonly votesPath: string,
    readonly dataPath: string,
    readonly imageExample: string,
    readonly voteExample: string,
  ) {
    super(
      `No row of ${votesPath} belongs to an image in ${dataPath}: images are named like ${imageExample}, ` +
        `votes are for images like ${voteExample || '(no name)'}. Images must keep FER+'s names, e.g. fer0000000.png.`,
    );
  }
}

/** Votes that cannot be joined to a CSV file by row number, since the two have different numbers of rows. */
export class VotesRowCountError extends MienError {
  override readonly name = 'VotesRowCountError';
  constructor(
    readonly votesPath: string,
    readonly votesRows: number,
    readonly dataPath: string,
    readonly dataRows: number,
  ) {
    super(
      `${votesPath} has ${votesRows} rows and ${dataPath} has ${dataRows}; row k of one must be row k of the other. ` +
        'Give the complete fer2013new.csv and the complete fer2013.csv.',
    );
  }
}

/** An option that makes no sense for this dataset. */
export class DatasetOptionError extends MienError {
  override readonly name = 'DatasetOptionError';
}

/** The decoded dataset cannot be kept, e.g. because the disk is full. Nothing half-written stays behind. */
export class CacheWriteError extends MienError {
  override readonly name = 'CacheWriteError';
  constructor(
    readonly path: string,
    readonly megabytes: number,
    options: { cause: unknown },
  ) {
    const code = (options.cause as NodeJS.ErrnoException | undefined)?.code;
    const reason = code === 'ENOSPC' ? 'the disk is full' : (code ?? 'writing failed');
    super(
      `Cannot write the decoded dataset to ${path} (${megabytes.toFixed(1)} MB): ${reason}. ` +
        'Free some space, or choose another cache folder.',
      options,
    );
  }
}

/** A list of images to leave out that names none of the training images. */
export class NothingExcludedError extends MienError {
  override readonly name = 'NothingExcludedError';
  constructor(
    readonly path: string,
    readonly dataPath: string,
  ) {
    super(
      `${path} names no training image of ${dataPath}. It must name images as the dataset does, one a line, ` +
        'e.g. train/happy/1.png; or leave --exclude out.',
    );
  }
}
