"""static_library: one archive for a cc_library and all it depends on, for who links with it.

Bazel 4 archives each cc_library alone; who installs a library hands out one file. In it is a single
object, of which only what is exported can be seen: everything else, instances of templates of the
C++ library among them, is local and neither replaces nor is replaced by anything of the program.
Libraries of the system that are linked by name (`-l`) stay outside.
"""

def _static_library_impl(ctx):
    archives = []
    for linker_input in ctx.attr.dep[CcInfo].linking_context.linker_inputs.to_list():
        for library in linker_input.libraries:
            archive = library.pic_static_library or library.static_library
            if archive == None:
                fail("%s has no static form" % library)
            archives.append(archive)
    whole = ctx.actions.declare_file(ctx.label.name + ".o")
    output = ctx.actions.declare_file(ctx.label.name + ".a")
    ctx.actions.run_shell(
        # Without --force-group-allocation another object's copy of an inline function could take the
        # place of ours, which nothing outside may refer to. llvm-objcopy, because GNU's leaves symbols
        # that are unique in the process (static members of templates) as they are.
        command = """
            set -eu
            whole=$1 output=$2
            shift 2
            ld -r --force-group-allocation --whole-archive -o "$whole" "$@"
            llvm-objcopy --wildcard %s "$whole"
            rm -f "$output"
            ar rcsD "$output" "$whole"
        """ % " ".join(["--keep-global-symbol='%s'" % name for name in ctx.attr.exports]),
        arguments = [whole.path, output.path] + [archive.path for archive in archives],
        inputs = archives,
        outputs = [whole, output],
        mnemonic = "StaticLibrary",
        use_default_shell_env = True,
    )
    return [DefaultInfo(files = depset([output]), runfiles = ctx.runfiles([output]))]

static_library = rule(
    implementation = _static_library_impl,
    attrs = {
        "dep": attr.label(providers = [CcInfo], mandatory = True),
        "exports": attr.string_list(doc = "Names, with wildcards, of what can be seen from outside."),
    },
)
