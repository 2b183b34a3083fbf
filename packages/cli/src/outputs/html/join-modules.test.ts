import { Script } from 'node:vm';
import { joinModules } from './join-modules.ts';

const MODULES = [
  {
    name: 'start.js',
    text: "import { twice } from './twice.js';\nimport { ONE } from './one.js';\n\nresult = twice(ONE);\n",
  },
  {
    name: 'twice.js',
    text: "import {\n  ONE,\n} from './one.js';\n\nexport const twice = (value) => value + value * ONE;\n",
  },
  { name: 'one.js', text: 'export const ONE = 1;\n' },
  { name: 'unused.js', text: 'export const UNUSED = 0;\n' },
];

test('modules become one script, each after those that it needs, and once', () => {
  const joined = joinModules(MODULES, 'start.js');
  expect(joined.match(/const ONE/gu)).toHaveLength(1);
  expect(joined).not.toContain('UNUSED');
  const world = { result: 0 };
  new Script(joined).runInNewContext(world);
  expect(world.result).toBe(2);
});

test('a module that is not there is named', () => {
  expect(() => joinModules(MODULES.slice(0, 2), 'start.js')).toThrow('The page has no module one.js.');
});
