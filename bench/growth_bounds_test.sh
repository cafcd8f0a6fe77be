#!/bin/bash
# No work of `growth` is quadratic.
exec "./$1" --bounds
