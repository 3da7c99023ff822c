"""The built-in components: one a file."""

from minidemo.components.checkbox import Checkbox as Checkbox
from minidemo.components.checkboxgroup import CheckboxGroup as CheckboxGroup
from minidemo.components.colorpicker import ColorPicker as ColorPicker
from minidemo.components.datetime import DateTime as DateTime
from minidemo.components.dropdown import Dropdown as Dropdown
from minidemo.components.file import File as File
from minidemo.components.image import Image as Image
from minidemo.components.json import JSON as JSON
from minidemo.components.label import Label as Label
from minidemo.components.number import Number as Number
from minidemo.components.plot import Plot as Plot
from minidemo.components.radio import Radio as Radio
from minidemo.components.slider import Slider as Slider
from minidemo.components.textbox import Textbox as Textbox
from minidemo.components.video import Video as Video
