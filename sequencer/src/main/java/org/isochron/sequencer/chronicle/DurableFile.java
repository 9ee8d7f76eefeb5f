package org.isochron.sequencer.chronicle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.isochron.codecs.frame.XxHash64;

/** Files that are replaced as a whole: after a crash there is the one before or the new one, never a part. */
final class DurableFile {
    private DurableFile() {}

    /** Writes lines in the place of what the file holds, on the disk when this returns. */
    static void replace(final Path file, final List<String> lines) throws IOException {
        final Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, lines);
        replace(file, draft);
    }

    /** Puts a draft beside the file in its place, on the disk when this returns. */
    static void replace(final Path file, final Path draft) throws IOException {
        DiskForce.SYSTEM.force(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DiskForce.SYSTEM.force(file.toAbsolutePath().getParent());
    }

    /** XXH64 of lines, hex: what a last line says of those before it. */
    static String check(final List<String> lines) {
        final byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return Long.toHexString(XxHash64.hash(new UnsafeBuffer(bytes), 0, bytes.length));
    }
}
