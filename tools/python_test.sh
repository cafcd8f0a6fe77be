#!/bin/bash
# Runs a unittest file; -B, for a test writes nothing beside its sources.
exec python3 -B "$@"
