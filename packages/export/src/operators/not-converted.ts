/**
 * Operations that tfjs-converter knows and that are refused, and why: `operations: reason`, one reason a line.
 */
export const UNCONVERTED_OPS = `
BitwiseAnd: not yet
Dilation2D: not yet
HashTable HashTableV2 InitializeTable InitializeTableV2 LookupTableFind LookupTableFindV2 LookupTableImport LookupTableImportV2 LookupTableSize LookupTableSizeV2: not yet
ImageProjectiveTransformV3: not yet
Multinomial RandomUniformInt TruncatedNormal: not yet
RaggedGather RaggedRange RaggedTensorToTensor: not yet
SimpleMLCreateModelResource SimpleMLInferenceOpWithHandle SimpleMLLoadModelFromPathWithHandle: decision forests lie in a file of their own format, which a package beside tfjs reads
SparseFillEmptyRows SparseReshape SparseSegmentMean SparseSegmentSum: not yet
StaticRegexReplace StringNGrams StringSplit StringToHashBucketFast: texts: ONNX's operators for them are of later operator sets, and none of them splits or hashes as TensorFlow does
TensorListPopBack: tfjs gives the element in the place of the list, and changes the list itself
TensorListResize: not yet
`;

/** Layers that tfjs-layers has and that are refused, and why, in the same form. */
export const UNCONVERTED_LAYERS = `
RandomWidth: draws another width at each run, and tfjs cannot build a model with it
Resizing: tfjs cannot run it in a model: it takes its list of inputs for an image
BytePairTokenizer GPT2Preprocessor GPT2CausalLMPreprocessor GPT2Tokenizer Preprocessor StartEndPacker: prepare texts, and are not registered: tfjs cannot load a model with them
Backbone CachedMultiHeadAttention EinsumDense GPT2Backbone GPT2CausalLM MultiHeadAttention PositionEmbedding RandomHeight TransformerDecoder: not registered: tfjs cannot load a model with them
`;
