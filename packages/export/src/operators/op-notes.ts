/**
 * What each operation of a GraphModel becomes, and what is refused: `operation: ONNX operators; limits`, one a line.
 * Operations that have the same name in both and no limits stand in one line. `×n` and the like say how often.
 */
export const OP_NOTES = `
Abs Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Elu Erf Exp Floor LeakyRelu Log LogSoftmax Neg Reciprocal Relu Round Selu Sigmoid Sign Sin Sinh Softmax Softplus Sqrt Tan Tanh
Add: Add
AddN: Add for each further input
AddV2: Add
All: Cast, ReduceMin; axes known
Any: Cast, ReduceMax; axes known
ArgMax: ArgMax, Cast; axis known
ArgMin: ArgMin, Cast; axis known
Atan2: Atan of the quotient, and Where for the quarter
AvgPool: AveragePool, padding left out of the average
AvgPool3D: AveragePool, padding left out of the average; as MaxPool3D
BatchMatMul: MatMul
BatchMatMulV2: MatMul
BatchToSpaceND: Reshape, Transpose, Reshape, Slice; block shape known
BiasAdd: Add
Bincount: Equal, ReduceSum; number of bins known
BroadcastArgs: nothing, or Max; shapes known up to the batch
BroadcastTo: Expand
Cast: Cast
ClipByValue: Clip
Complex: nothing: real and imaginary part are kept apart
ComplexAbs: Sqrt of the sum of squares
Concat: Concat
ConcatV2: Concat
Const: an initializer
Conv1D: Conv
Conv2D: Conv, also with channels first and explicit padding
Conv2DBackpropInput: ConvTranspose; no explicit padding
Conv3D: Conv; strides no larger than the window where padded, as tfjs moves others
CropAndResize: Gather of the four neighbours of each sample; crop size known
Cumprod: ReduceProd over what comes before; axis known
Cumsum: CumSum; axis known
DenseBincount: Equal, ReduceSum or ReduceMax; number of bins known
DepthToSpace: DepthToSpace
DepthwiseConv2d: Conv with groups
DepthwiseConv2dNative: Conv with groups
Div: Div, rounded down for whole numbers
Dilation2D: a Slice and an Add for each place of the window, and Max; window known, no "same" padding of open sizes with strides
DivNoNan: Div, Where
Einsum: Einsum; no ellipsis
EmptyTensorList: ConstantOfShape: lists are tensors with one more dimension
EnsureShape: nothing
Enter: nothing: see While
EuclideanNorm: ReduceL2; axes known
Exit: nothing: see While
ExpandDims: Unsqueeze; axis known
Expm1: Exp, Sub
FFT: DFT; the number of elements known
FakeQuantWithMinMaxVars: nothing, as in tfjs
Fill: Expand or ConstantOfShape
FloorDiv: Floor of Div, Cast to int32 as in tfjs
FloorMod: Mod
FusedBatchNorm: BatchNormalization; not in training mode
FusedBatchNormV2: BatchNormalization; not in training mode
FusedBatchNormV3: BatchNormalization; not in training mode
FusedDepthwiseConv2dNative: Conv with groups and bias, and the activation
Gather: Gather
GatherNd: GatherND
GatherV2: Gather, GatherND where there are batch dimensions; these up to the axis alone
Greater: Greater
GreaterEqual: GreaterOrEqual
IFFT: DFT; the number of elements known
IRFFT: DFT of the mirrored half; the number of elements known
Identity: nothing
IdentityN: nothing
If: If, or the branch itself where the condition is known
Imag: nothing
ImageProjectiveTransformV3: Gather of the neighbours of each place; output size known; in plain JavaScript tfjs transforms the first of a batch alone
IsFinite: IsNaN, IsInf, Or, Not
IsInf: IsInf
IsNan: IsNaN
LRN: LRN
Equal: Equal
Less: Less
LessEqual: LessOrEqual
LinSpace: Sub, Mul, Add; number of steps known
ListDiff: Equal, NonZero, Gather
Log1p: Add, Log
LogicalAnd: And
LogicalNot: Not
LogicalOr: Or
LoopCond: nothing: see While
LowerBound: Less, ReduceSum
MatMul: Gemm, MatMul where not two matrices of floats
MatrixBandPart: Trilu; the same width on both sides, as tfjs takes one for both
Max: ReduceMax; axes known
MaxPool: MaxPool
MaxPool3D: MaxPool; strides no larger than the window where padded, as tfjs moves others
MaxPoolWithArgmax: MaxPool with places, and their order made channels last
Maximum: Max
Mean: ReduceMean; axes known
Merge: If or Loop: see While
Min: ReduceMin; axes known
Minimum: Min
MirrorPad: Pad, or Slice and Concat where the edge is mirrored, too
Mod: Mod
Mul: Mul
Multinomial: Multinomial; number of samples known
NextIteration: nothing: see While
NoOp: nothing
NonMaxSuppressionV2: NonMaxSuppression, Gather
NonMaxSuppressionV3: NonMaxSuppression, Gather
NonMaxSuppressionV4: NonMaxSuppression, Gather, Pad
NonMaxSuppressionV5: NonMaxSuppression, Gather; no soft suppression
NotEqual: Equal, Not
OneHot: OneHot along the last axis, as in tfjs
Ones: ConstantOfShape
OnesLike: ConstantOfShape
Pack: Unsqueeze, Concat
Pad: Pad
PadV2: Pad
Placeholder: an input; its number of dimensions known, from the file or from --shape
PlaceholderWithDefault: an input where the signature says so, else its default
Pow: Pow
Prelu: PRelu
Print: nothing
Prod: ReduceProd; axes known
RFFT: DFT; of as many samples as there are
RandomStandardNormal: RandomNormal
RandomUniform: RandomUniform
RandomUniformInt: RandomUniform, Cast; its range a setting: tfjs takes no notice of inputs
Range: Range
Rank: a constant
Real: nothing
RealDiv: Div, rounded down for whole numbers
Relu6: Clip
Reshape: Reshape; the number of dimensions known
ResizeBilinear: Resize
ResizeNearestNeighbor: Resize
Reverse: Slice; axes known
ReverseV2: Slice; axes known
Rsqrt: Sqrt, Reciprocal
ScatterNd: ConstantOfShape, ScatterND
Select: Where
SelectV2: Where
Shape: Shape, Cast; a constant where it is known
ShapeN: Shape, Cast
Size: Size, Cast
Slice: Slice
Snapshot: nothing
SpaceToBatchND: Pad, Reshape, Transpose, Reshape; block shape known
SparseFillEmptyRows: ScatterND, NonZero, Concat, TopK, Gather; number of dimensions known
SparseReshape: Mul, ReduceSum, Div, Mod; number of dimensions known
SparseSegmentMean: Gather, ScatterND, Div
SparseSegmentSum: Gather, ScatterND
SparseToDense: Expand, ScatterND
Split: Split; the size of the axis known
SplitV: Split; sizes known
Square: Mul
SquaredDifference: Sub, Mul
Squeeze: Squeeze
StatelessIf: If
StatelessWhile: Loop
StopGradient: nothing
StridedSlice: Slice, Gather, Squeeze, Unsqueeze; strides known, and 1 where single elements are taken, which tfjs confuses
Sub: Sub
Sum: ReduceSum; axes known
Switch: If or Loop: see While
TensorArrayCloseV3: nothing
TensorArrayConcatV3: Reshape
TensorArrayGatherV3: Gather
TensorArrayReadV3: Gather
TensorArrayScatterV3: ScatterND
TensorArraySizeV3: Shape
TensorArraySplitV3: Reshape; parts of equal length
TensorArrayV3: ConstantOfShape
TensorArrayWriteV3: ScatterND
TensorListConcat: Reshape
TensorListConcatV2: Reshape
TensorListFromTensor: nothing
TensorListGather: Gather
TensorListGetItem: Gather
TensorListLength: Shape
TensorListPushBack: Concat
TensorListResize: Pad
TensorListReserve: ConstantOfShape
TensorListScatter: ScatterND; places known
TensorListScatterV2: ScatterND
TensorListSetItem: ScatterND
TensorListSplit: Reshape; parts of equal length
TensorListStack: nothing
TensorScatterUpdate: ScatterND
Tile: Tile
TopKV2: TopK, Cast
TruncatedNormal: RandomUniform, and the inverse of the distribution as a polynomial
Transpose: Transpose; permutation known
Unique: Unique
UniqueV2: Unique
Unpack: Split, Squeeze; the size of the axis known
UpperBound: LessOrEqual, ReduceSum
Where: NonZero, Transpose
While: Loop; sizes of variables may change, numbers of dimensions may not; old models' Enter, Merge, Switch, NextIteration, Exit are put together first
Zeros: ConstantOfShape
ZerosLike: ConstantOfShape
_FusedConv2D: Conv with bias, and the activation (Relu, Relu6, Elu, LeakyRelu, Prelu, Sigmoid, Tanh)
_FusedMatMul: Gemm with bias, and the activation
`;

/** What each layer becomes, and what is refused, in the same form. */
export const LAYER_NOTES = `
Activation: the activation; not gelu_new, which tfjs saves and cannot load
Add: Add
AlphaDropout: nothing
Average: Add, Mul
AveragePooling1D: AveragePool
AveragePooling2D: AveragePool
AveragePooling3D: AveragePool; strides as Conv3D
BatchNormalization: BatchNormalization; over the last axis: the backends of tfjs disagree about others
Bidirectional: both layers, the second turned, and Concat, Add or Mul where they are merged; not stateful
CategoryEncoding: Equal, ReduceMax or ReduceSum; not right behind an input, which tfjs cannot run; numbers that tfjs stops at count for nothing
CenterCrop: Gather of rows and of columns; size known, not right behind an input or to a larger size, which tfjs cannot run
Concatenate: Concat
Conv1D: Conv; channels last: tfjs does not turn others back
Conv2D: Conv
Conv2DTranspose: ConvTranspose; not dilated
Conv3D: Conv; strides no larger than the kernel where padded, as tfjs moves others
Conv3DTranspose: ConvTranspose; not dilated, strides as Conv3D
ConvLSTM2D: Scan of Conv, and the gates; size known, not stateful
ConvLSTM2DCell: as part of ConvLSTM2D
Cropping2D: Slice
Dense: Gemm for vectors, Conv for images, MatMul and Add for sequences
DepthwiseConv2D: Conv with groups; not dilated, which tfjs does not apply either
Dot: ReduceSum of Mul, or MatMul; inputs of rank 2 or 3
Dropout: nothing
ELU: Elu
Embedding: Gather, and Equal for the mask
Flatten: Flatten
Functional: its layers
GRU: GRU, or Scan where there is a mask or an activation that GRU lacks; not stateful
GRUCell: GRU, or part of a Scan
GaussianDropout: nothing
GaussianNoise: nothing
GlobalAveragePooling1D: ReduceMean
GlobalAveragePooling2D: GlobalAveragePool
GlobalMaxPooling1D: ReduceMax
GlobalMaxPooling2D: GlobalMaxPool
InputLayer: an input; all but the batch known
LSTM: LSTM, or Scan where there is a mask or an activation that LSTM lacks; not stateful
LSTMCell: LSTM, or part of a Scan
LayerNormalization: ReduceMean, Sub, Mul, Sqrt, Div
LeakyReLU: LeakyRelu
MaxPooling1D: MaxPool
MaxPooling2D: MaxPool
MaxPooling3D: MaxPool; strides as Conv3D
Masking: Equal, ReduceMax, Mul
Maximum: Max
Model: its layers
Minimum: Min
Multiply: Mul
PReLU: PRelu
Permute: Transpose
ReLU: Relu or Clip
RNN: LSTM, GRU or RNN for each cell, or one Scan for all; not stateful
RepeatVector: Unsqueeze, Tile
Rescaling: Mul, Add
Reshape: Reshape
SeparableConv2D: Conv twice
Sequential: its layers
SimpleRNN: RNN, or Scan where there is a mask or an activation that RNN lacks; not stateful
SimpleRNNCell: RNN, or part of a Scan
Softmax: Softmax
SpatialDropout1D: nothing
StackedRNNCells: as RNN
ThresholdedReLU: ThresholdedRelu
TimeDistributed: Reshape, the layer, Reshape; nothing inside that reads a mask
UpSampling2D: Resize
ZeroPadding2D: Pad
`;
