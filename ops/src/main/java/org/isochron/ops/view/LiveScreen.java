package org.isochron.ops.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;

/** Redraws the screen in place; only what has changed is sent. */
public final class LiveScreen implements RunView {
    private static final int MIN_COLUMNS = 40;
    private static final int MIN_ROWS = 10;

    private final Terminal terminal;
    private final Display display;
    private final Screen screen = new Screen();

    /**
     * @throws IOException when the terminal cannot be opened.
     */
    public LiveScreen() throws IOException {
        terminal = TerminalBuilder.builder().system(true).dumb(true).build();
        display = new Display(terminal, false);
    }

    @Override
    public void show(final RunState state) {
        final Size size = terminal.getSize();
        final int columns = Math.max(MIN_COLUMNS, size.getColumns());
        final int rows = Math.max(MIN_ROWS, size.getRows());
        display.resize(Size.of(columns, rows));
        final List<AttributedString> lines = new ArrayList<>();
        for (final String line : screen.lines(state)) {
            if (lines.size() < rows - 1) {
                lines.add(new AttributedString(line).columnSubSequence(0, columns - 1));
            }
        }
        display.update(lines, -1);
    }

    @Override
    public void close() {
        terminal.writer().println();
        terminal.flush();
        try {
            terminal.close();
        } catch (final IOException ex) {
            throw new IllegalStateException("the terminal cannot be restored: " + ex.getMessage(), ex);
        }
    }
}
