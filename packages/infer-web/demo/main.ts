import { AssetError, createClassifier, type Classifier, type RequestedDevice } from '@mien/infer-web';
import { elementById } from './element.ts';
import { modelChoices, NEWEST_EXPORT } from './model-choice.ts';
import { listenForPictures } from './picture-input.ts';
import {
  clearReading,
  showCard,
  showDevice,
  showError,
  showLabels,
  showReading,
  showWaiting,
} from './result-view.ts';
import { showSampleFaces } from './sample-faces.ts';

const query = new URLSearchParams(location.search);
const choices = modelChoices(query.get('model'));
const modelSelect = elementById('model', HTMLSelectElement);
const deviceSelect = elementById('device', HTMLSelectElement);
const preview = elementById('preview', HTMLImageElement);

let classifier: Promise<Classifier> | undefined;
let picture: Blob | undefined;

const load = async (): Promise<Classifier> => {
  const device = deviceSelect.value as RequestedDevice;
  const loaded = await createClassifier({ ...choices[modelSelect.selectedIndex]?.source, device });
  showCard(loaded.card);
  showLabels(loaded.card.labels);
  showDevice(loaded.device);
  return loaded;
};

/** Tells whoever runs this page for the first time what is missing. */
const adviceFor = (error: unknown): string =>
  error instanceof AssetError &&
  error.url.startsWith(new URL('.', new URL(NEWEST_EXPORT, location.href)).href)
    ? ' Train and export a model with "npx nx run export:onnx", then reload this page.'
    : '';

const classifyPicture = async (): Promise<void> => {
  showError(undefined);
  const current = picture;
  try {
    const ready = await (classifier ??= load());
    if (current === undefined) {
      showWaiting('Pick a face to see how it reads.');
      return;
    }
    const start = performance.now();
    const reading = await ready.classify(current);
    if (current !== picture) return;
    showReading(reading);
    showDevice(ready.device, performance.now() - start);
  } catch (error) {
    if (current !== picture) return;
    clearReading();
    showWaiting('No reading.');
    showError(`${(error as Error).message}${adviceFor(error)}`);
  }
};

const showHint = (shown: boolean): void => {
  preview.hidden = shown;
  elementById('drop-hint', HTMLElement).hidden = !shown;
};

const showPicture = (next: Blob): void => {
  picture = next;
  URL.revokeObjectURL(preview.src);
  preview.src = URL.createObjectURL(next);
  preview.alt = next instanceof File ? `Your picture, ${next.name}` : 'The chosen sample';
  showHint(false);
  void classifyPicture();
};

const reload = async (): Promise<void> => {
  const previous = classifier;
  classifier = undefined;
  showWaiting('Loading the model …');
  await previous?.then((old) => old.close()).catch(() => undefined);
  await classifyPicture();
};

preview.addEventListener('error', () => showHint(true));
deviceSelect.value = query.get('device') ?? 'auto';
deviceSelect.addEventListener('change', () => void reload());
modelSelect.append(...choices.map(({ name }) => new Option(name)));
modelSelect.addEventListener('change', () => void reload());
listenForPictures(showPicture);
void showSampleFaces(showPicture);
void classifyPicture();
