/** The part of BokehJS that the pages use; a model that Python sends and that is missing here fails by name. */
import { register_models } from "@bokehjs/base"
import { LinearAxis } from "@bokehjs/models/axes/linear_axis"
import { LogAxis } from "@bokehjs/models/axes/log_axis"
import { Span } from "@bokehjs/models/annotations/span"
import { Title } from "@bokehjs/models/annotations/title"
import { BasicTickFormatter } from "@bokehjs/models/formatters/basic_tick_formatter"
import { Image } from "@bokehjs/models/glyphs/image"
import { Line } from "@bokehjs/models/glyphs/line"
import { MultiLine } from "@bokehjs/models/glyphs/multi_line"
import { Segment } from "@bokehjs/models/glyphs/segment"
import { Scatter } from "@bokehjs/models/glyphs/scatter"
import { Text } from "@bokehjs/models/glyphs/text"
import { LinearColorMapper } from "@bokehjs/models/mappers/linear_color_mapper"
import { Grid } from "@bokehjs/models/grids/grid"
import { Plot } from "@bokehjs/models/plots/plot"
import { Range1d } from "@bokehjs/models/ranges/range1d"
import { GlyphRenderer } from "@bokehjs/models/renderers/glyph_renderer"
import { LinearScale } from "@bokehjs/models/scales/linear_scale"
import { LogScale } from "@bokehjs/models/scales/log_scale"
import { UnionRenderers } from "@bokehjs/models/selections/interaction_policy"
import { Selection } from "@bokehjs/models/selections/selection"
import { CDSView } from "@bokehjs/models/sources/cds_view"
import { ColumnDataSource } from "@bokehjs/models/sources/column_data_source"
import { AllLabels } from "@bokehjs/models/policies/labeling"
import { AllIndices } from "@bokehjs/models/filters/all_indices"
import { BasicTicker } from "@bokehjs/models/tickers/basic_ticker"
import { FixedTicker } from "@bokehjs/models/tickers/fixed_ticker"
import { LogTicker } from "@bokehjs/models/tickers/log_ticker"
import { CustomJSHover } from "@bokehjs/models/tools/inspectors/customjs_hover"
import { HoverTool } from "@bokehjs/models/tools/inspectors/hover_tool"
import { Toolbar } from "@bokehjs/models/tools/toolbar"
import { Arrows } from "./models/arrows.js"
import { ChoiceSetting } from "./models/choice_setting.js"
import { CodeSetting } from "./models/code_setting.js"
import { ColourBar } from "./models/colour_bar.js"
import { Group } from "./models/group.js"
import { Labels } from "./models/labels.js"
import { Listing } from "./models/listing.js"
import { NumberSetting } from "./models/number_setting.js"
import { Paths } from "./models/paths.js"
import { PointTool } from "./models/point_tool.js"
import { RankReading } from "./models/rank_reading.js"
import { styleReadOuts } from "./models/read_out.js"
import { Relief } from "./models/relief.js"
import { Table } from "./models/table.js"
import { Tape, Track } from "./models/tape.js"
import { Work } from "./models/work.js"

register_models([
  AllIndices, AllLabels, BasicTickFormatter, BasicTicker, CDSView, ColumnDataSource, CustomJSHover, FixedTicker, GlyphRenderer, Grid,
  HoverTool, Image, Line, LinearAxis, LinearColorMapper, LinearScale, LogAxis, LogScale, LogTicker, MultiLine, Plot, Range1d, Scatter, Segment, Selection, Span, Text, Title, Toolbar, UnionRenderers,
])
register_models([
  Arrows, ChoiceSetting, CodeSetting, ColourBar, Group, Labels, Listing, NumberSetting, Paths, PointTool, RankReading, Relief, Table,
  Tape, Track, Work,
])
styleReadOuts()
