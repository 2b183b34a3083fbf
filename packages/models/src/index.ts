export { expressionModel, type ShippedGraph } from './expression-model.ts';
