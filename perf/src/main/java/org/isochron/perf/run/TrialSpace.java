package org.isochron.perf.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where trials run: the source tree with the built classes and the peers' libraries, and a directory for their files. */
public final class TrialSpace implements AutoCloseable {
    private final Path root;
    private final Path directory;

    private TrialSpace(final Path root, final Path directory) {
        this.root = root;
        this.directory = directory;
    }

    /**
     * @param root of the source tree.
     * @throws TrialFailedException when the peers' libraries are not there.
     */
    public static TrialSpace open(final Path root) {
        requirePeers(root);
        return openOurs(root);
    }

    /** For trials without peers. */
    public static TrialSpace openOurs(final Path root) {
        try {
            return new TrialSpace(root, Files.createTempDirectory("isochron-bench"));
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot make a directory for the trials: " + ex.getMessage(), ex);
        }
    }

    private static void requirePeers(final Path root) {
        final Path peers = peers(root);
        if (!Files.isDirectory(peers)) {
            throw new TrialFailedException(peers + " is missing, which should hold the engines to compare with; "
                    + "'mvn -pl perf -am -DskipTests package' in the source tree makes it");
        }
    }

    private static Path peers(final Path root) {
        return root.resolve("perf/target/peers").toAbsolutePath().normalize();
    }

    /** For the trials' files; deleted in the end. */
    public Path directory() {
        return directory;
    }

    /** A JVM with what this process has on its class path. */
    public ChildJvm ours(final String heap, final Class<?> mainClass) {
        final List<String> flags = new ArrayList<>(JvmFlags.heap(heap));
        flags.addAll(JvmFlags.ours(root));
        return new ChildJvm(flags, System.getProperty("java.class.path"), mainClass);
    }

    /** A JVM with the peers' libraries and the classes of this module, and nothing else. */
    public ChildJvm peers(final String heap, final Class<?> mainClass) {
        final List<String> flags = new ArrayList<>(JvmFlags.heap(heap));
        flags.addAll(JvmFlags.peers());
        final Path classes =
                root.resolve("perf/target/classes").toAbsolutePath().normalize();
        return new ChildJvm(flags, classes + ":" + peers(root).resolve("*"), mainClass);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (final IOException ex) {
            throw new UncheckedIOException("cannot delete " + directory + ": " + ex.getMessage(), ex);
        }
    }
}
