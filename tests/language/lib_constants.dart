library constants;

const M = {"a": 1};
