#!/bin/bash
# The embedding example prints what it promises.
[[ "$("$1")" = 'Hello, world!' ]]
