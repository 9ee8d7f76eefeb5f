package org.isochron.perf.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flags that the JVMs of a measurement start with. */
public final class JvmFlags {
    private static final int FIRST_WITH_NATIVE_CHECKS = 24;

    private JvmFlags() {}

    /**
     * Those of every Isochron process.
     *
     * @throws IllegalArgumentException when the files that hold them are not below {@code root}.
     */
    public static List<String> ours(final Path root) {
        final List<String> files = new ArrayList<>(List.of("ops/jvm.flags"));
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_CHECKS) {
            files.add("ops/jvm-25.flags");
        }
        final List<String> flags = new ArrayList<>();
        for (final String file : files) {
            final Path path = root.resolve(file).toAbsolutePath().normalize();
            if (!Files.isRegularFile(path)) {
                throw new IllegalArgumentException(
                        path + " is missing: give the root of the source tree with -Disochron.root=DIR");
            }
            flags.add("@" + path);
        }
        return flags;
    }

    /** What the peers' older Chronicle and Agrona want to look into. */
    public static List<String> peers() {
        final List<String> flags = new ArrayList<>();
        for (final String name : List.of(
                "java.lang",
                "java.lang.reflect",
                "java.nio",
                "java.util",
                "jdk.internal.misc",
                "jdk.internal.ref",
                "sun.nio.ch")) {
            flags.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
            flags.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= FIRST_WITH_NATIVE_CHECKS) {
            flags.add("--sun-misc-unsafe-memory-access=allow");
            flags.add("--enable-native-access=ALL-UNNAMED");
        }
        return flags;
    }

    /** The same heap for everybody, touched before; the collector whose barriers cost books of objects least. */
    public static List<String> heap(final String size) {
        return List.of("-Xms" + size, "-Xmx" + size, "-XX:+AlwaysPreTouch", "-XX:+UseParallelGC");
    }
}
