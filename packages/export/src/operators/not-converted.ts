/**
 * Operations that tfjs-converter knows and that are refused, and why: `operations: reason`, one reason a line.
 */
export const UNCONVERTED_OPS = `
BitwiseAnd: tfjs-converter cannot run it: it looks for its inputs under other names than it gives them
HashTable HashTableV2 InitializeTable InitializeTableV2 LookupTableFind LookupTableFindV2 LookupTableImport LookupTableImportV2 LookupTableSize LookupTableSizeV2: tables are filled by a graph that runs before the first run, mostly with texts; ONNX has none but LabelEncoder, which is of another domain (ai.onnx.ml)
RaggedGather RaggedRange RaggedTensorToTensor: tfjs-converter cannot load it: it leaves its own list of ragged operations out
SimpleMLCreateModelResource SimpleMLInferenceOpWithHandle SimpleMLLoadModelFromPathWithHandle: decision forests lie in a file of their own format, which a package beside tfjs reads
StaticRegexReplace StringNGrams StringSplit StringToHashBucketFast: works on texts: no operator of ONNX hashes, replaces or joins them like this, and the one that splits them came with opset 20
TensorListPopBack: tfjs gives the element in the place of the list, and changes the list itself
`;

/** Layers that tfjs-layers has and that are refused, and why, in the same form. */
export const UNCONVERTED_LAYERS = `
RandomWidth: draws another width at each run, and tfjs cannot build a model with it
Resizing: tfjs cannot run it in a model: it takes its list of inputs for an image
BytePairTokenizer GPT2Preprocessor GPT2CausalLMPreprocessor GPT2Tokenizer Preprocessor StartEndPacker: prepares texts; not registered: tfjs cannot load a model with it
Backbone CachedMultiHeadAttention EinsumDense GPT2Backbone GPT2CausalLM MultiHeadAttention PositionEmbedding RandomHeight TransformerDecoder: not registered: tfjs cannot load a model with it
`;
