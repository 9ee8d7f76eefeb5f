package org.isochron.ops.command;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.isochron.ops.definition.VenueDefinitions;
import org.isochron.ops.feed.CaptureOutline;
import org.isochron.ops.feed.CaptureReader;
import org.isochron.ops.feed.FeedPace;
import org.isochron.ops.feed.FeedTraffic;
import org.isochron.ops.terminal.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code feed}: plays a capture of a real exchange against a whole venue in this process. */
@Command(
        name = "feed",
        description = {
            "Play a real exchange's capture against a whole venue in this process.",
            "",
            "Each line of the file is a local receive time in nanoseconds and the JSON as received. Depth becomes makers'"
                    + " orders, icebergs and quotes, one for each level; trades become a taker's market orders; mid prices"
                    + " become the index. Every line is accounted for: used as what, or why not."
        },
        footer = {
            "  isochron feed capture.jsonl.gz --speed max",
            "  isochron feed capture.jsonl.gz --speed 10 --json out.json",
        })
public final class FeedCommand extends ReportingCommand {
    @Parameters(paramLabel = "FILE", description = "The capture, plain or gzip.")
    private Path file;

    @Option(
            names = "--speed",
            paramLabel = "X|max",
            defaultValue = "1",
            description = "Times the capture's own pace, bursts kept; max: as fast as the venue answers; default"
                    + " ${DEFAULT-VALUE}.")
    private String speed;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the journals go; default a fresh directory under run/.")
    private Path data;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures of the summary there, too.")
    private Path json;

    @Override
    public Integer call() {
        final FeedPace pace;
        try {
            pace = FeedPace.of(speed);
        } catch (final IllegalArgumentException ex) {
            throw new BadInputException("--" + ex.getMessage(), ex);
        }
        final CaptureOutline outline = CaptureOutline.of(file);
        final AtomicReference<FeedTraffic> played = new AtomicReference<>();
        return new EmbeddedRun("feed", data, json, out())
                .run(
                        VenueDefinitions.feed(outline.contract()),
                        outline.contract(),
                        "feed " + file.getFileName() + " at " + speed,
                        access -> {
                            played.set(new FeedTraffic(access, outline, new CaptureReader(file), pace));
                            return played.get();
                        },
                        () -> played.get().report());
    }
}
