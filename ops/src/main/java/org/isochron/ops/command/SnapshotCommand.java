package org.isochron.ops.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.isochron.matcher.venue.Venue;
import org.isochron.ops.terminal.BadInputException;
import org.isochron.ops.terminal.Progress;
import org.isochron.replay.IsoTime;
import org.isochron.replay.StatePrinter;
import org.isochron.sequencer.replica.Noun;
import org.isochron.sequencer.replica.SnapshotException;
import org.isochron.sequencer.replica.SnapshotFile;
import org.isochron.sequencer.replica.SnapshotHeader;
import org.isochron.sequencer.replica.SnapshotStore;
import org.isochron.sequencer.replica.StateImage;
import org.isochron.sequencer.replica.UnreadableVersionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code snapshot}: looks into the snapshots of a node without changing them. */
@Command(
        name = "snapshot",
        description = {
            "Look into a node's snapshots: list them, print one, verify all.",
            "",
            "A node takes one at every mark in the log when its configuration says where, keeps three, and starts with the"
                    + " newest. The node may be running."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  isochron snapshot list run/venue/snapshots-matcher-A",
            "  isochron snapshot print run/venue/snapshots-matcher-A",
            "  isochron snapshot verify run/venue/snapshots-matcher-A"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:it failed, or a snapshot is not sound", "2:wrong usage or bad input"},
        subcommands = {SnapshotCommand.Listing.class, SnapshotCommand.Print.class, SnapshotCommand.Verify.class},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class SnapshotCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "snapshot what? list, print or verify");
    }

    /** Where the node of a journal puts its snapshots: beside it under the same name, or in one place for all. */
    static Path besides(final Path journal) {
        final Path whole = journal.toAbsolutePath().normalize();
        final String name = whole.getFileName().toString();
        final Path own = whole.resolveSibling(name.replaceFirst("^journal", "snapshots"));
        return Files.isDirectory(own) && !own.equals(whole) ? own : whole.resolveSibling("snapshots");
    }

    /** What the sub-commands share. */
    abstract static class Looking extends ReportingCommand {
        @Parameters(paramLabel = "DIR", description = "Directory of one node's snapshots.")
        private Path directory;

        final SnapshotStore store() {
            if (!Files.isDirectory(directory)) {
                throw new BadInputException(directory + ": no such directory");
            }
            return new SnapshotStore(directory);
        }

        final Path directory() {
            return directory;
        }

        /** A core with the state of the snapshot, which has been held against every checksum and hash. */
        final Venue load(final SnapshotFile file, final StateImage image) {
            try (Progress progress = Progress.of(file.name(), "bytes", file.length(), err())) {
                final LongConsumer read = progress::at;
                return SnapshotStore.verify(file, image, Venue::new, read);
            }
        }
    }

    /** {@code snapshot list}. */
    @Command(
            name = "list",
            description = "List the snapshots there are, by what they say of themselves.",
            footer = "  isochron snapshot list run/venue/snapshots-matcher-A")
    static final class Listing extends Looking {
        @Override
        public Integer call() {
            final SnapshotStore store = store();
            out().println(String.format("%14s  %-30s %15s  %-16s", "sequence", "time", "bytes", "state hash"));
            for (final SnapshotFile file : store.newestFirst()) {
                out().println(line(file));
            }
            for (final SnapshotFile file : store.unfinished()) {
                out().println(file.name() + " was never finished");
            }
            out().flush();
            return Failures.OK;
        }

        private static String line(final SnapshotFile file) {
            try {
                final SnapshotHeader header = file.header();
                return String.format(
                        "%14d  %-30s %,15d  %016x",
                        header.sequence(), IsoTime.format(header.timestampNs()), file.length(), header.stateHash());
            } catch (final SnapshotException | UnreadableVersionException ex) {
                return ex.getMessage();
            }
        }
    }

    /** {@code snapshot print}. */
    @Command(
            name = "print",
            description = {
                "Print what a snapshot holds: header, tables, sizes and hashes.",
                "",
                "The newest one, or another by its sequence. It is read whole and loaded, so what is printed is sound."
            },
            footer = {
                "  isochron snapshot print run/venue/snapshots-matcher-A",
                "  isochron snapshot print run/venue/snapshots-matcher-A --at 400001 --state > state.jsonl"
            })
    static final class Print extends Looking {
        @Option(names = "--at", paramLabel = "SEQ", description = "The one taken at this sequence; default the newest.")
        private Long at;

        @Option(names = "--state", description = "Print every account, instrument and the venue as JSON lines instead.")
        private boolean state;

        @Override
        public Integer call() {
            final SnapshotFile file = choose(store().newestFirst());
            final StateImage image = new StateImage();
            final Venue venue = load(file, image);
            final SnapshotHeader header = file.header();
            if (state) {
                new StatePrinter(venue, line -> out().write(line + "\n")).printAll(header.sequence());
            } else {
                printHeader(file, header);
                printSections(image);
            }
            out().flush();
            return Failures.OK;
        }

        private SnapshotFile choose(final List<SnapshotFile> files) {
            return files.stream()
                    .filter(file -> at == null || file.header().sequence() == at)
                    .findFirst()
                    .orElseThrow(() -> new BadInputException(
                            directory() + ": no snapshot" + (at == null ? "" : " taken at sequence " + at)));
        }

        private void printHeader(final SnapshotFile file, final SnapshotHeader header) {
            row("file", file.name());
            row("sequence", Long.toString(header.sequence()));
            row("time", IsoTime.format(header.timestampNs()));
            row("epoch", Integer.toString(header.epoch()));
            row("chain", String.format("%016x", header.chain()));
            row("schema", Integer.toString(header.schemaVersion()));
            row("bytes", String.format("%,d", file.length()));
            row("state hash", String.format("%016x", header.stateHash()));
            for (final Noun noun : Noun.values()) {
                row("  " + noun, String.format("%016x", header.hash(noun)));
            }
        }

        private void row(final String name, final String value) {
            out().println(String.format("%-12s %s", name, value));
        }

        private void printSections(final StateImage image) {
            out().println();
            out().println(String.format("%-28s %10s %7s %14s  %s", "table", "rows", "fields", "bytes", "hash"));
            image.rewind();
            while (!image.isAtEnd()) {
                image.nextSection();
                out().println(String.format(
                        "%-28s %,10d %7d %,14d  %016x",
                        image.sectionName(),
                        image.sectionRows(),
                        image.sectionFields(),
                        image.sectionLongs() * Long.BYTES,
                        image.sectionHash()));
                image.skipSection();
            }
        }
    }

    /** {@code snapshot verify}. */
    @Command(
            name = "verify",
            description = {
                "Verify every snapshot by its checksums and a venue loaded from it.",
                "",
                "Every running total and index of that venue is worked out again from its cells as well."
            },
            footer = "  isochron snapshot verify run/venue/snapshots-matcher-A")
    static final class Verify extends Looking {
        @Override
        public Integer call() {
            final StateImage image = new StateImage();
            final List<SnapshotFile> files = store().newestFirst();
            int sound = 0;
            for (final SnapshotFile file : files) {
                try {
                    load(file, image).verifyInFull();
                    out().println(file.name() + ": sound");
                    sound++;
                } catch (final SnapshotException | UnreadableVersionException ex) {
                    out().println(ex.getMessage());
                }
            }
            out().println(sound + " of " + files.size() + " sound");
            out().flush();
            return sound == files.size() ? Failures.OK : Failures.FAILED;
        }
    }
}
