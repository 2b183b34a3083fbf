// Lets Node run the TypeScript sources as they are. Passed with --import, it also reaches every worker thread,
// which `--import tsx` does not on Node 20.
import { register } from 'tsx/esm/api';

register();
