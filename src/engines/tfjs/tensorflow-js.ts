/** TensorFlow.js with what training needs of it; the rest of this folder takes it from here. */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
// The Node build of tfjs-core leaves out its operations' gradients; of the packages that register
// them, this is the smallest.
import "@tensorflow/tfjs-layers";

// Otherwise the cpu backend prints an advertisement, and loading tfjs-node a warning per kernel.
tf.enableProdMode();

export { tf };
