part of trace_edges;

failsInPart() {
  throw "in a part";
}
