"""static_library: one archive with the objects of a cc_library and of all it depends on.

Bazel 4 archives each cc_library alone; who installs a library hands out one file. Libraries of the
system that are linked by name (`-l`) stay outside.
"""

def _static_library_impl(ctx):
    archives = []
    for linker_input in ctx.attr.dep[CcInfo].linking_context.linker_inputs.to_list():
        for library in linker_input.libraries:
            archive = library.pic_static_library or library.static_library
            if archive == None:
                fail("%s has no static form" % library)
            archives.append(archive)
    output = ctx.actions.declare_file(ctx.label.name + ".a")
    script = ctx.actions.declare_file(ctx.label.name + ".mri")
    lines = ["create " + output.path] + ["addlib " + a.path for a in archives] + ["save", "end"]
    ctx.actions.write(script, "\n".join(lines) + "\n")
    ctx.actions.run_shell(
        # ar's scripts know no '+' in names; ours have none.
        command = "ar -M <$1",
        arguments = [script.path],
        inputs = archives + [script],
        outputs = [output],
        mnemonic = "StaticLibrary",
        use_default_shell_env = True,
    )
    return [DefaultInfo(files = depset([output]), runfiles = ctx.runfiles([output]))]

static_library = rule(
    implementation = _static_library_impl,
    attrs = {"dep": attr.label(providers = [CcInfo], mandatory = True)},
)
