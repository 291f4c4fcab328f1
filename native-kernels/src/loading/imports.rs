// Generated from the catalogue and include/kernels.h by `./lab generate`; do not edit.
#![cfg_attr(rustfmt, rustfmt_skip)]

use super::import;

import! { loading_import_n1 "loading_import_n1": a i32 1 }
import! { loading_import_n2 "loading_import_n2": a i64 1 }
import! { loading_import_n3 "loading_import_n3": a f32 1 }
import! { loading_import_n4 "loading_import_n4": a f64 1 }
import! { loading_import_n5 "loading_import_n5": a i32 1, b i32 2 }
import! { loading_import_n6 "loading_import_n6": a i32 1, b i64 2 }
import! { loading_import_n7 "loading_import_n7": a i32 1, b f32 2 }
import! { loading_import_n8 "loading_import_n8": a i32 1, b f64 2 }
import! { loading_import_n9 "loading_import_n9": a i64 1, b i32 2 }
import! { loading_import_n10 "loading_import_n10": a i64 1, b i64 2 }
import! { loading_import_n11 "loading_import_n11": a i64 1, b f32 2 }
import! { loading_import_n12 "loading_import_n12": a i64 1, b f64 2 }
import! { loading_import_n13 "loading_import_n13": a f32 1, b i32 2 }
import! { loading_import_n14 "loading_import_n14": a f32 1, b i64 2 }
import! { loading_import_n15 "loading_import_n15": a f32 1, b f32 2 }
import! { loading_import_n16 "loading_import_n16": a f32 1, b f64 2 }
import! { loading_import_n17 "loading_import_n17": a f64 1, b i32 2 }
import! { loading_import_n18 "loading_import_n18": a f64 1, b i64 2 }
import! { loading_import_n19 "loading_import_n19": a f64 1, b f32 2 }
import! { loading_import_n20 "loading_import_n20": a f64 1, b f64 2 }
import! { loading_import_n21 "loading_import_n21": a i32 1, b i32 2, c i32 3 }
import! { loading_import_n22 "loading_import_n22": a i32 1, b i32 2, c i64 3 }
import! { loading_import_n23 "loading_import_n23": a i32 1, b i32 2, c f32 3 }
import! { loading_import_n24 "loading_import_n24": a i32 1, b i32 2, c f64 3 }
import! { loading_import_n25 "loading_import_n25": a i32 1, b i64 2, c i32 3 }
import! { loading_import_n26 "loading_import_n26": a i32 1, b i64 2, c i64 3 }
import! { loading_import_n27 "loading_import_n27": a i32 1, b i64 2, c f32 3 }
import! { loading_import_n28 "loading_import_n28": a i32 1, b i64 2, c f64 3 }
import! { loading_import_n29 "loading_import_n29": a i32 1, b f32 2, c i32 3 }
import! { loading_import_n30 "loading_import_n30": a i32 1, b f32 2, c i64 3 }
import! { loading_import_n31 "loading_import_n31": a i32 1, b f32 2, c f32 3 }
import! { loading_import_n32 "loading_import_n32": a i32 1, b f32 2, c f64 3 }
import! { loading_import_n33 "loading_import_n33": a i32 1, b f64 2, c i32 3 }
import! { loading_import_n34 "loading_import_n34": a i32 1, b f64 2, c i64 3 }
import! { loading_import_n35 "loading_import_n35": a i32 1, b f64 2, c f32 3 }
import! { loading_import_n36 "loading_import_n36": a i32 1, b f64 2, c f64 3 }
import! { loading_import_n37 "loading_import_n37": a i64 1, b i32 2, c i32 3 }
import! { loading_import_n38 "loading_import_n38": a i64 1, b i32 2, c i64 3 }
import! { loading_import_n39 "loading_import_n39": a i64 1, b i32 2, c f32 3 }
import! { loading_import_n40 "loading_import_n40": a i64 1, b i32 2, c f64 3 }
import! { loading_import_n41 "loading_import_n41": a i64 1, b i64 2, c i32 3 }
import! { loading_import_n42 "loading_import_n42": a i64 1, b i64 2, c i64 3 }
import! { loading_import_n43 "loading_import_n43": a i64 1, b i64 2, c f32 3 }
import! { loading_import_n44 "loading_import_n44": a i64 1, b i64 2, c f64 3 }
import! { loading_import_n45 "loading_import_n45": a i64 1, b f32 2, c i32 3 }
import! { loading_import_n46 "loading_import_n46": a i64 1, b f32 2, c i64 3 }
import! { loading_import_n47 "loading_import_n47": a i64 1, b f32 2, c f32 3 }
import! { loading_import_n48 "loading_import_n48": a i64 1, b f32 2, c f64 3 }
import! { loading_import_n49 "loading_import_n49": a i64 1, b f64 2, c i32 3 }
import! { loading_import_n50 "loading_import_n50": a i64 1, b f64 2, c i64 3 }
import! { loading_import_n51 "loading_import_n51": a i64 1, b f64 2, c f32 3 }
import! { loading_import_n52 "loading_import_n52": a i64 1, b f64 2, c f64 3 }
import! { loading_import_n53 "loading_import_n53": a f32 1, b i32 2, c i32 3 }
import! { loading_import_n54 "loading_import_n54": a f32 1, b i32 2, c i64 3 }
import! { loading_import_n55 "loading_import_n55": a f32 1, b i32 2, c f32 3 }
import! { loading_import_n56 "loading_import_n56": a f32 1, b i32 2, c f64 3 }
import! { loading_import_n57 "loading_import_n57": a f32 1, b i64 2, c i32 3 }
import! { loading_import_n58 "loading_import_n58": a f32 1, b i64 2, c i64 3 }
import! { loading_import_n59 "loading_import_n59": a f32 1, b i64 2, c f32 3 }
import! { loading_import_n60 "loading_import_n60": a f32 1, b i64 2, c f64 3 }
import! { loading_import_n61 "loading_import_n61": a f32 1, b f32 2, c i32 3 }
import! { loading_import_n62 "loading_import_n62": a f32 1, b f32 2, c i64 3 }
import! { loading_import_n63 "loading_import_n63": a f32 1, b f32 2, c f32 3 }
import! { loading_import_n64 "loading_import_n64": a f32 1, b f32 2, c f64 3 }
import! { loading_import_n65 "loading_import_n65": a f32 1, b f64 2, c i32 3 }
import! { loading_import_n66 "loading_import_n66": a f32 1, b f64 2, c i64 3 }
import! { loading_import_n67 "loading_import_n67": a f32 1, b f64 2, c f32 3 }
import! { loading_import_n68 "loading_import_n68": a f32 1, b f64 2, c f64 3 }
import! { loading_import_n69 "loading_import_n69": a f64 1, b i32 2, c i32 3 }
import! { loading_import_n70 "loading_import_n70": a f64 1, b i32 2, c i64 3 }
import! { loading_import_n71 "loading_import_n71": a f64 1, b i32 2, c f32 3 }
import! { loading_import_n72 "loading_import_n72": a f64 1, b i32 2, c f64 3 }
import! { loading_import_n73 "loading_import_n73": a f64 1, b i64 2, c i32 3 }
import! { loading_import_n74 "loading_import_n74": a f64 1, b i64 2, c i64 3 }
import! { loading_import_n75 "loading_import_n75": a f64 1, b i64 2, c f32 3 }
import! { loading_import_n76 "loading_import_n76": a f64 1, b i64 2, c f64 3 }
import! { loading_import_n77 "loading_import_n77": a f64 1, b f32 2, c i32 3 }
import! { loading_import_n78 "loading_import_n78": a f64 1, b f32 2, c i64 3 }
import! { loading_import_n79 "loading_import_n79": a f64 1, b f32 2, c f32 3 }
import! { loading_import_n80 "loading_import_n80": a f64 1, b f32 2, c f64 3 }
import! { loading_import_n81 "loading_import_n81": a f64 1, b f64 2, c i32 3 }
import! { loading_import_n82 "loading_import_n82": a f64 1, b f64 2, c i64 3 }
import! { loading_import_n83 "loading_import_n83": a f64 1, b f64 2, c f32 3 }
import! { loading_import_n84 "loading_import_n84": a f64 1, b f64 2, c f64 3 }
import! { loading_import_n85 "loading_import_n85": a i32 1, b i32 2, c i32 3, d i32 4 }
import! { loading_import_n86 "loading_import_n86": a i32 1, b i32 2, c i32 3, d i64 4 }
import! { loading_import_n87 "loading_import_n87": a i32 1, b i32 2, c i32 3, d f32 4 }
import! { loading_import_n88 "loading_import_n88": a i32 1, b i32 2, c i32 3, d f64 4 }
import! { loading_import_n89 "loading_import_n89": a i32 1, b i32 2, c i64 3, d i32 4 }
import! { loading_import_n90 "loading_import_n90": a i32 1, b i32 2, c i64 3, d i64 4 }
import! { loading_import_n91 "loading_import_n91": a i32 1, b i32 2, c i64 3, d f32 4 }
import! { loading_import_n92 "loading_import_n92": a i32 1, b i32 2, c i64 3, d f64 4 }
import! { loading_import_n93 "loading_import_n93": a i32 1, b i32 2, c f32 3, d i32 4 }
import! { loading_import_n94 "loading_import_n94": a i32 1, b i32 2, c f32 3, d i64 4 }
import! { loading_import_n95 "loading_import_n95": a i32 1, b i32 2, c f32 3, d f32 4 }
import! { loading_import_n96 "loading_import_n96": a i32 1, b i32 2, c f32 3, d f64 4 }
import! { loading_import_n97 "loading_import_n97": a i32 1, b i32 2, c f64 3, d i32 4 }
import! { loading_import_n98 "loading_import_n98": a i32 1, b i32 2, c f64 3, d i64 4 }
import! { loading_import_n99 "loading_import_n99": a i32 1, b i32 2, c f64 3, d f32 4 }
import! { loading_import_n100 "loading_import_n100": a i32 1, b i32 2, c f64 3, d f64 4 }
import! { loading_import_n101 "loading_import_n101": a i32 1, b i64 2, c i32 3, d i32 4 }
import! { loading_import_n102 "loading_import_n102": a i32 1, b i64 2, c i32 3, d i64 4 }
import! { loading_import_n103 "loading_import_n103": a i32 1, b i64 2, c i32 3, d f32 4 }
import! { loading_import_n104 "loading_import_n104": a i32 1, b i64 2, c i32 3, d f64 4 }
import! { loading_import_n105 "loading_import_n105": a i32 1, b i64 2, c i64 3, d i32 4 }
import! { loading_import_n106 "loading_import_n106": a i32 1, b i64 2, c i64 3, d i64 4 }
import! { loading_import_n107 "loading_import_n107": a i32 1, b i64 2, c i64 3, d f32 4 }
import! { loading_import_n108 "loading_import_n108": a i32 1, b i64 2, c i64 3, d f64 4 }
import! { loading_import_n109 "loading_import_n109": a i32 1, b i64 2, c f32 3, d i32 4 }
import! { loading_import_n110 "loading_import_n110": a i32 1, b i64 2, c f32 3, d i64 4 }
import! { loading_import_n111 "loading_import_n111": a i32 1, b i64 2, c f32 3, d f32 4 }
import! { loading_import_n112 "loading_import_n112": a i32 1, b i64 2, c f32 3, d f64 4 }
import! { loading_import_n113 "loading_import_n113": a i32 1, b i64 2, c f64 3, d i32 4 }
import! { loading_import_n114 "loading_import_n114": a i32 1, b i64 2, c f64 3, d i64 4 }
import! { loading_import_n115 "loading_import_n115": a i32 1, b i64 2, c f64 3, d f32 4 }
import! { loading_import_n116 "loading_import_n116": a i32 1, b i64 2, c f64 3, d f64 4 }
import! { loading_import_n117 "loading_import_n117": a i32 1, b f32 2, c i32 3, d i32 4 }
import! { loading_import_n118 "loading_import_n118": a i32 1, b f32 2, c i32 3, d i64 4 }
import! { loading_import_n119 "loading_import_n119": a i32 1, b f32 2, c i32 3, d f32 4 }
import! { loading_import_n120 "loading_import_n120": a i32 1, b f32 2, c i32 3, d f64 4 }
import! { loading_import_n121 "loading_import_n121": a i32 1, b f32 2, c i64 3, d i32 4 }
import! { loading_import_n122 "loading_import_n122": a i32 1, b f32 2, c i64 3, d i64 4 }
import! { loading_import_n123 "loading_import_n123": a i32 1, b f32 2, c i64 3, d f32 4 }
import! { loading_import_n124 "loading_import_n124": a i32 1, b f32 2, c i64 3, d f64 4 }
import! { loading_import_n125 "loading_import_n125": a i32 1, b f32 2, c f32 3, d i32 4 }
import! { loading_import_n126 "loading_import_n126": a i32 1, b f32 2, c f32 3, d i64 4 }
import! { loading_import_n127 "loading_import_n127": a i32 1, b f32 2, c f32 3, d f32 4 }
import! { loading_import_n128 "loading_import_n128": a i32 1, b f32 2, c f32 3, d f64 4 }
import! { loading_import_n129 "loading_import_n129": a i32 1, b f32 2, c f64 3, d i32 4 }
import! { loading_import_n130 "loading_import_n130": a i32 1, b f32 2, c f64 3, d i64 4 }
import! { loading_import_n131 "loading_import_n131": a i32 1, b f32 2, c f64 3, d f32 4 }
import! { loading_import_n132 "loading_import_n132": a i32 1, b f32 2, c f64 3, d f64 4 }
import! { loading_import_n133 "loading_import_n133": a i32 1, b f64 2, c i32 3, d i32 4 }
import! { loading_import_n134 "loading_import_n134": a i32 1, b f64 2, c i32 3, d i64 4 }
import! { loading_import_n135 "loading_import_n135": a i32 1, b f64 2, c i32 3, d f32 4 }
import! { loading_import_n136 "loading_import_n136": a i32 1, b f64 2, c i32 3, d f64 4 }
import! { loading_import_n137 "loading_import_n137": a i32 1, b f64 2, c i64 3, d i32 4 }
import! { loading_import_n138 "loading_import_n138": a i32 1, b f64 2, c i64 3, d i64 4 }
import! { loading_import_n139 "loading_import_n139": a i32 1, b f64 2, c i64 3, d f32 4 }
import! { loading_import_n140 "loading_import_n140": a i32 1, b f64 2, c i64 3, d f64 4 }
import! { loading_import_n141 "loading_import_n141": a i32 1, b f64 2, c f32 3, d i32 4 }
import! { loading_import_n142 "loading_import_n142": a i32 1, b f64 2, c f32 3, d i64 4 }
import! { loading_import_n143 "loading_import_n143": a i32 1, b f64 2, c f32 3, d f32 4 }
import! { loading_import_n144 "loading_import_n144": a i32 1, b f64 2, c f32 3, d f64 4 }
import! { loading_import_n145 "loading_import_n145": a i32 1, b f64 2, c f64 3, d i32 4 }
import! { loading_import_n146 "loading_import_n146": a i32 1, b f64 2, c f64 3, d i64 4 }
import! { loading_import_n147 "loading_import_n147": a i32 1, b f64 2, c f64 3, d f32 4 }
import! { loading_import_n148 "loading_import_n148": a i32 1, b f64 2, c f64 3, d f64 4 }
import! { loading_import_n149 "loading_import_n149": a i64 1, b i32 2, c i32 3, d i32 4 }
import! { loading_import_n150 "loading_import_n150": a i64 1, b i32 2, c i32 3, d i64 4 }
import! { loading_import_n151 "loading_import_n151": a i64 1, b i32 2, c i32 3, d f32 4 }
import! { loading_import_n152 "loading_import_n152": a i64 1, b i32 2, c i32 3, d f64 4 }
import! { loading_import_n153 "loading_import_n153": a i64 1, b i32 2, c i64 3, d i32 4 }
import! { loading_import_n154 "loading_import_n154": a i64 1, b i32 2, c i64 3, d i64 4 }
import! { loading_import_n155 "loading_import_n155": a i64 1, b i32 2, c i64 3, d f32 4 }
import! { loading_import_n156 "loading_import_n156": a i64 1, b i32 2, c i64 3, d f64 4 }
import! { loading_import_n157 "loading_import_n157": a i64 1, b i32 2, c f32 3, d i32 4 }
import! { loading_import_n158 "loading_import_n158": a i64 1, b i32 2, c f32 3, d i64 4 }
import! { loading_import_n159 "loading_import_n159": a i64 1, b i32 2, c f32 3, d f32 4 }
import! { loading_import_n160 "loading_import_n160": a i64 1, b i32 2, c f32 3, d f64 4 }
import! { loading_import_n161 "loading_import_n161": a i64 1, b i32 2, c f64 3, d i32 4 }
import! { loading_import_n162 "loading_import_n162": a i64 1, b i32 2, c f64 3, d i64 4 }
import! { loading_import_n163 "loading_import_n163": a i64 1, b i32 2, c f64 3, d f32 4 }
import! { loading_import_n164 "loading_import_n164": a i64 1, b i32 2, c f64 3, d f64 4 }
import! { loading_import_n165 "loading_import_n165": a i64 1, b i64 2, c i32 3, d i32 4 }
import! { loading_import_n166 "loading_import_n166": a i64 1, b i64 2, c i32 3, d i64 4 }
import! { loading_import_n167 "loading_import_n167": a i64 1, b i64 2, c i32 3, d f32 4 }
import! { loading_import_n168 "loading_import_n168": a i64 1, b i64 2, c i32 3, d f64 4 }
import! { loading_import_n169 "loading_import_n169": a i64 1, b i64 2, c i64 3, d i32 4 }
import! { loading_import_n170 "loading_import_n170": a i64 1, b i64 2, c i64 3, d i64 4 }
import! { loading_import_n171 "loading_import_n171": a i64 1, b i64 2, c i64 3, d f32 4 }
import! { loading_import_n172 "loading_import_n172": a i64 1, b i64 2, c i64 3, d f64 4 }
import! { loading_import_n173 "loading_import_n173": a i64 1, b i64 2, c f32 3, d i32 4 }
import! { loading_import_n174 "loading_import_n174": a i64 1, b i64 2, c f32 3, d i64 4 }
import! { loading_import_n175 "loading_import_n175": a i64 1, b i64 2, c f32 3, d f32 4 }
import! { loading_import_n176 "loading_import_n176": a i64 1, b i64 2, c f32 3, d f64 4 }
import! { loading_import_n177 "loading_import_n177": a i64 1, b i64 2, c f64 3, d i32 4 }
import! { loading_import_n178 "loading_import_n178": a i64 1, b i64 2, c f64 3, d i64 4 }
import! { loading_import_n179 "loading_import_n179": a i64 1, b i64 2, c f64 3, d f32 4 }
import! { loading_import_n180 "loading_import_n180": a i64 1, b i64 2, c f64 3, d f64 4 }
import! { loading_import_n181 "loading_import_n181": a i64 1, b f32 2, c i32 3, d i32 4 }
import! { loading_import_n182 "loading_import_n182": a i64 1, b f32 2, c i32 3, d i64 4 }
import! { loading_import_n183 "loading_import_n183": a i64 1, b f32 2, c i32 3, d f32 4 }
import! { loading_import_n184 "loading_import_n184": a i64 1, b f32 2, c i32 3, d f64 4 }
import! { loading_import_n185 "loading_import_n185": a i64 1, b f32 2, c i64 3, d i32 4 }
import! { loading_import_n186 "loading_import_n186": a i64 1, b f32 2, c i64 3, d i64 4 }
import! { loading_import_n187 "loading_import_n187": a i64 1, b f32 2, c i64 3, d f32 4 }
import! { loading_import_n188 "loading_import_n188": a i64 1, b f32 2, c i64 3, d f64 4 }
import! { loading_import_n189 "loading_import_n189": a i64 1, b f32 2, c f32 3, d i32 4 }
import! { loading_import_n190 "loading_import_n190": a i64 1, b f32 2, c f32 3, d i64 4 }
import! { loading_import_n191 "loading_import_n191": a i64 1, b f32 2, c f32 3, d f32 4 }
import! { loading_import_n192 "loading_import_n192": a i64 1, b f32 2, c f32 3, d f64 4 }
import! { loading_import_n193 "loading_import_n193": a i64 1, b f32 2, c f64 3, d i32 4 }
import! { loading_import_n194 "loading_import_n194": a i64 1, b f32 2, c f64 3, d i64 4 }
import! { loading_import_n195 "loading_import_n195": a i64 1, b f32 2, c f64 3, d f32 4 }
import! { loading_import_n196 "loading_import_n196": a i64 1, b f32 2, c f64 3, d f64 4 }
import! { loading_import_n197 "loading_import_n197": a i64 1, b f64 2, c i32 3, d i32 4 }
import! { loading_import_n198 "loading_import_n198": a i64 1, b f64 2, c i32 3, d i64 4 }
import! { loading_import_n199 "loading_import_n199": a i64 1, b f64 2, c i32 3, d f32 4 }
import! { loading_import_n200 "loading_import_n200": a i64 1, b f64 2, c i32 3, d f64 4 }
import! { loading_import_n201 "loading_import_n201": a i64 1, b f64 2, c i64 3, d i32 4 }
import! { loading_import_n202 "loading_import_n202": a i64 1, b f64 2, c i64 3, d i64 4 }
import! { loading_import_n203 "loading_import_n203": a i64 1, b f64 2, c i64 3, d f32 4 }
import! { loading_import_n204 "loading_import_n204": a i64 1, b f64 2, c i64 3, d f64 4 }
import! { loading_import_n205 "loading_import_n205": a i64 1, b f64 2, c f32 3, d i32 4 }
import! { loading_import_n206 "loading_import_n206": a i64 1, b f64 2, c f32 3, d i64 4 }
import! { loading_import_n207 "loading_import_n207": a i64 1, b f64 2, c f32 3, d f32 4 }
import! { loading_import_n208 "loading_import_n208": a i64 1, b f64 2, c f32 3, d f64 4 }
import! { loading_import_n209 "loading_import_n209": a i64 1, b f64 2, c f64 3, d i32 4 }
import! { loading_import_n210 "loading_import_n210": a i64 1, b f64 2, c f64 3, d i64 4 }
import! { loading_import_n211 "loading_import_n211": a i64 1, b f64 2, c f64 3, d f32 4 }
import! { loading_import_n212 "loading_import_n212": a i64 1, b f64 2, c f64 3, d f64 4 }
import! { loading_import_n213 "loading_import_n213": a f32 1, b i32 2, c i32 3, d i32 4 }
import! { loading_import_n214 "loading_import_n214": a f32 1, b i32 2, c i32 3, d i64 4 }
import! { loading_import_n215 "loading_import_n215": a f32 1, b i32 2, c i32 3, d f32 4 }
import! { loading_import_n216 "loading_import_n216": a f32 1, b i32 2, c i32 3, d f64 4 }
import! { loading_import_n217 "loading_import_n217": a f32 1, b i32 2, c i64 3, d i32 4 }
import! { loading_import_n218 "loading_import_n218": a f32 1, b i32 2, c i64 3, d i64 4 }
import! { loading_import_n219 "loading_import_n219": a f32 1, b i32 2, c i64 3, d f32 4 }
import! { loading_import_n220 "loading_import_n220": a f32 1, b i32 2, c i64 3, d f64 4 }
import! { loading_import_n221 "loading_import_n221": a f32 1, b i32 2, c f32 3, d i32 4 }
import! { loading_import_n222 "loading_import_n222": a f32 1, b i32 2, c f32 3, d i64 4 }
import! { loading_import_n223 "loading_import_n223": a f32 1, b i32 2, c f32 3, d f32 4 }
import! { loading_import_n224 "loading_import_n224": a f32 1, b i32 2, c f32 3, d f64 4 }
import! { loading_import_n225 "loading_import_n225": a f32 1, b i32 2, c f64 3, d i32 4 }
import! { loading_import_n226 "loading_import_n226": a f32 1, b i32 2, c f64 3, d i64 4 }
import! { loading_import_n227 "loading_import_n227": a f32 1, b i32 2, c f64 3, d f32 4 }
import! { loading_import_n228 "loading_import_n228": a f32 1, b i32 2, c f64 3, d f64 4 }
import! { loading_import_n229 "loading_import_n229": a f32 1, b i64 2, c i32 3, d i32 4 }
import! { loading_import_n230 "loading_import_n230": a f32 1, b i64 2, c i32 3, d i64 4 }
import! { loading_import_n231 "loading_import_n231": a f32 1, b i64 2, c i32 3, d f32 4 }
import! { loading_import_n232 "loading_import_n232": a f32 1, b i64 2, c i32 3, d f64 4 }
import! { loading_import_n233 "loading_import_n233": a f32 1, b i64 2, c i64 3, d i32 4 }
import! { loading_import_n234 "loading_import_n234": a f32 1, b i64 2, c i64 3, d i64 4 }
import! { loading_import_n235 "loading_import_n235": a f32 1, b i64 2, c i64 3, d f32 4 }
import! { loading_import_n236 "loading_import_n236": a f32 1, b i64 2, c i64 3, d f64 4 }
import! { loading_import_n237 "loading_import_n237": a f32 1, b i64 2, c f32 3, d i32 4 }
import! { loading_import_n238 "loading_import_n238": a f32 1, b i64 2, c f32 3, d i64 4 }
import! { loading_import_n239 "loading_import_n239": a f32 1, b i64 2, c f32 3, d f32 4 }
import! { loading_import_n240 "loading_import_n240": a f32 1, b i64 2, c f32 3, d f64 4 }
import! { loading_import_n241 "loading_import_n241": a f32 1, b i64 2, c f64 3, d i32 4 }
import! { loading_import_n242 "loading_import_n242": a f32 1, b i64 2, c f64 3, d i64 4 }
import! { loading_import_n243 "loading_import_n243": a f32 1, b i64 2, c f64 3, d f32 4 }
import! { loading_import_n244 "loading_import_n244": a f32 1, b i64 2, c f64 3, d f64 4 }
import! { loading_import_n245 "loading_import_n245": a f32 1, b f32 2, c i32 3, d i32 4 }
import! { loading_import_n246 "loading_import_n246": a f32 1, b f32 2, c i32 3, d i64 4 }
import! { loading_import_n247 "loading_import_n247": a f32 1, b f32 2, c i32 3, d f32 4 }
import! { loading_import_n248 "loading_import_n248": a f32 1, b f32 2, c i32 3, d f64 4 }
import! { loading_import_n249 "loading_import_n249": a f32 1, b f32 2, c i64 3, d i32 4 }
import! { loading_import_n250 "loading_import_n250": a f32 1, b f32 2, c i64 3, d i64 4 }
import! { loading_import_n251 "loading_import_n251": a f32 1, b f32 2, c i64 3, d f32 4 }
import! { loading_import_n252 "loading_import_n252": a f32 1, b f32 2, c i64 3, d f64 4 }
import! { loading_import_n253 "loading_import_n253": a f32 1, b f32 2, c f32 3, d i32 4 }
import! { loading_import_n254 "loading_import_n254": a f32 1, b f32 2, c f32 3, d i64 4 }
import! { loading_import_n255 "loading_import_n255": a f32 1, b f32 2, c f32 3, d f32 4 }
import! { loading_import_n256 "loading_import_n256": a f32 1, b f32 2, c f32 3, d f64 4 }
import! { loading_import_n257 "loading_import_n257": a f32 1, b f32 2, c f64 3, d i32 4 }
import! { loading_import_n258 "loading_import_n258": a f32 1, b f32 2, c f64 3, d i64 4 }
import! { loading_import_n259 "loading_import_n259": a f32 1, b f32 2, c f64 3, d f32 4 }
import! { loading_import_n260 "loading_import_n260": a f32 1, b f32 2, c f64 3, d f64 4 }
import! { loading_import_n261 "loading_import_n261": a f32 1, b f64 2, c i32 3, d i32 4 }
import! { loading_import_n262 "loading_import_n262": a f32 1, b f64 2, c i32 3, d i64 4 }
import! { loading_import_n263 "loading_import_n263": a f32 1, b f64 2, c i32 3, d f32 4 }
import! { loading_import_n264 "loading_import_n264": a f32 1, b f64 2, c i32 3, d f64 4 }
import! { loading_import_n265 "loading_import_n265": a f32 1, b f64 2, c i64 3, d i32 4 }
import! { loading_import_n266 "loading_import_n266": a f32 1, b f64 2, c i64 3, d i64 4 }
import! { loading_import_n267 "loading_import_n267": a f32 1, b f64 2, c i64 3, d f32 4 }
import! { loading_import_n268 "loading_import_n268": a f32 1, b f64 2, c i64 3, d f64 4 }
import! { loading_import_n269 "loading_import_n269": a f32 1, b f64 2, c f32 3, d i32 4 }
import! { loading_import_n270 "loading_import_n270": a f32 1, b f64 2, c f32 3, d i64 4 }
import! { loading_import_n271 "loading_import_n271": a f32 1, b f64 2, c f32 3, d f32 4 }
import! { loading_import_n272 "loading_import_n272": a f32 1, b f64 2, c f32 3, d f64 4 }
import! { loading_import_n273 "loading_import_n273": a f32 1, b f64 2, c f64 3, d i32 4 }
import! { loading_import_n274 "loading_import_n274": a f32 1, b f64 2, c f64 3, d i64 4 }
import! { loading_import_n275 "loading_import_n275": a f32 1, b f64 2, c f64 3, d f32 4 }
import! { loading_import_n276 "loading_import_n276": a f32 1, b f64 2, c f64 3, d f64 4 }
import! { loading_import_n277 "loading_import_n277": a f64 1, b i32 2, c i32 3, d i32 4 }
import! { loading_import_n278 "loading_import_n278": a f64 1, b i32 2, c i32 3, d i64 4 }
import! { loading_import_n279 "loading_import_n279": a f64 1, b i32 2, c i32 3, d f32 4 }
import! { loading_import_n280 "loading_import_n280": a f64 1, b i32 2, c i32 3, d f64 4 }
import! { loading_import_n281 "loading_import_n281": a f64 1, b i32 2, c i64 3, d i32 4 }
import! { loading_import_n282 "loading_import_n282": a f64 1, b i32 2, c i64 3, d i64 4 }
import! { loading_import_n283 "loading_import_n283": a f64 1, b i32 2, c i64 3, d f32 4 }
import! { loading_import_n284 "loading_import_n284": a f64 1, b i32 2, c i64 3, d f64 4 }
import! { loading_import_n285 "loading_import_n285": a f64 1, b i32 2, c f32 3, d i32 4 }
import! { loading_import_n286 "loading_import_n286": a f64 1, b i32 2, c f32 3, d i64 4 }
import! { loading_import_n287 "loading_import_n287": a f64 1, b i32 2, c f32 3, d f32 4 }
import! { loading_import_n288 "loading_import_n288": a f64 1, b i32 2, c f32 3, d f64 4 }
import! { loading_import_n289 "loading_import_n289": a f64 1, b i32 2, c f64 3, d i32 4 }
import! { loading_import_n290 "loading_import_n290": a f64 1, b i32 2, c f64 3, d i64 4 }
import! { loading_import_n291 "loading_import_n291": a f64 1, b i32 2, c f64 3, d f32 4 }
import! { loading_import_n292 "loading_import_n292": a f64 1, b i32 2, c f64 3, d f64 4 }
import! { loading_import_n293 "loading_import_n293": a f64 1, b i64 2, c i32 3, d i32 4 }
import! { loading_import_n294 "loading_import_n294": a f64 1, b i64 2, c i32 3, d i64 4 }
import! { loading_import_n295 "loading_import_n295": a f64 1, b i64 2, c i32 3, d f32 4 }
import! { loading_import_n296 "loading_import_n296": a f64 1, b i64 2, c i32 3, d f64 4 }
import! { loading_import_n297 "loading_import_n297": a f64 1, b i64 2, c i64 3, d i32 4 }
import! { loading_import_n298 "loading_import_n298": a f64 1, b i64 2, c i64 3, d i64 4 }
import! { loading_import_n299 "loading_import_n299": a f64 1, b i64 2, c i64 3, d f32 4 }
import! { loading_import_n300 "loading_import_n300": a f64 1, b i64 2, c i64 3, d f64 4 }
import! { loading_import_n301 "loading_import_n301": a f64 1, b i64 2, c f32 3, d i32 4 }
import! { loading_import_n302 "loading_import_n302": a f64 1, b i64 2, c f32 3, d i64 4 }
import! { loading_import_n303 "loading_import_n303": a f64 1, b i64 2, c f32 3, d f32 4 }
import! { loading_import_n304 "loading_import_n304": a f64 1, b i64 2, c f32 3, d f64 4 }
import! { loading_import_n305 "loading_import_n305": a f64 1, b i64 2, c f64 3, d i32 4 }
import! { loading_import_n306 "loading_import_n306": a f64 1, b i64 2, c f64 3, d i64 4 }
import! { loading_import_n307 "loading_import_n307": a f64 1, b i64 2, c f64 3, d f32 4 }
import! { loading_import_n308 "loading_import_n308": a f64 1, b i64 2, c f64 3, d f64 4 }
import! { loading_import_n309 "loading_import_n309": a f64 1, b f32 2, c i32 3, d i32 4 }
import! { loading_import_n310 "loading_import_n310": a f64 1, b f32 2, c i32 3, d i64 4 }
import! { loading_import_n311 "loading_import_n311": a f64 1, b f32 2, c i32 3, d f32 4 }
import! { loading_import_n312 "loading_import_n312": a f64 1, b f32 2, c i32 3, d f64 4 }
import! { loading_import_n313 "loading_import_n313": a f64 1, b f32 2, c i64 3, d i32 4 }
import! { loading_import_n314 "loading_import_n314": a f64 1, b f32 2, c i64 3, d i64 4 }
import! { loading_import_n315 "loading_import_n315": a f64 1, b f32 2, c i64 3, d f32 4 }
import! { loading_import_n316 "loading_import_n316": a f64 1, b f32 2, c i64 3, d f64 4 }
import! { loading_import_n317 "loading_import_n317": a f64 1, b f32 2, c f32 3, d i32 4 }
import! { loading_import_n318 "loading_import_n318": a f64 1, b f32 2, c f32 3, d i64 4 }
import! { loading_import_n319 "loading_import_n319": a f64 1, b f32 2, c f32 3, d f32 4 }
import! { loading_import_n320 "loading_import_n320": a f64 1, b f32 2, c f32 3, d f64 4 }
import! { loading_import_n321 "loading_import_n321": a f64 1, b f32 2, c f64 3, d i32 4 }
import! { loading_import_n322 "loading_import_n322": a f64 1, b f32 2, c f64 3, d i64 4 }
import! { loading_import_n323 "loading_import_n323": a f64 1, b f32 2, c f64 3, d f32 4 }
import! { loading_import_n324 "loading_import_n324": a f64 1, b f32 2, c f64 3, d f64 4 }
import! { loading_import_n325 "loading_import_n325": a f64 1, b f64 2, c i32 3, d i32 4 }
import! { loading_import_n326 "loading_import_n326": a f64 1, b f64 2, c i32 3, d i64 4 }
import! { loading_import_n327 "loading_import_n327": a f64 1, b f64 2, c i32 3, d f32 4 }
import! { loading_import_n328 "loading_import_n328": a f64 1, b f64 2, c i32 3, d f64 4 }
import! { loading_import_n329 "loading_import_n329": a f64 1, b f64 2, c i64 3, d i32 4 }
import! { loading_import_n330 "loading_import_n330": a f64 1, b f64 2, c i64 3, d i64 4 }
import! { loading_import_n331 "loading_import_n331": a f64 1, b f64 2, c i64 3, d f32 4 }
import! { loading_import_n332 "loading_import_n332": a f64 1, b f64 2, c i64 3, d f64 4 }
import! { loading_import_n333 "loading_import_n333": a f64 1, b f64 2, c f32 3, d i32 4 }
import! { loading_import_n334 "loading_import_n334": a f64 1, b f64 2, c f32 3, d i64 4 }
import! { loading_import_n335 "loading_import_n335": a f64 1, b f64 2, c f32 3, d f32 4 }
import! { loading_import_n336 "loading_import_n336": a f64 1, b f64 2, c f32 3, d f64 4 }
import! { loading_import_n337 "loading_import_n337": a f64 1, b f64 2, c f64 3, d i32 4 }
import! { loading_import_n338 "loading_import_n338": a f64 1, b f64 2, c f64 3, d i64 4 }
import! { loading_import_n339 "loading_import_n339": a f64 1, b f64 2, c f64 3, d f32 4 }
import! { loading_import_n340 "loading_import_n340": a f64 1, b f64 2, c f64 3, d f64 4 }
import! { loading_import_n341 "loading_import_n341": a i32 1, b i32 2, c i32 3, d i32 4, e i32 5 }
import! { loading_import_n342 "loading_import_n342": a i32 1, b i32 2, c i32 3, d i32 4, e i64 5 }
import! { loading_import_n343 "loading_import_n343": a i32 1, b i32 2, c i32 3, d i32 4, e f32 5 }
import! { loading_import_n344 "loading_import_n344": a i32 1, b i32 2, c i32 3, d i32 4, e f64 5 }
import! { loading_import_n345 "loading_import_n345": a i32 1, b i32 2, c i32 3, d i64 4, e i32 5 }
import! { loading_import_n346 "loading_import_n346": a i32 1, b i32 2, c i32 3, d i64 4, e i64 5 }
import! { loading_import_n347 "loading_import_n347": a i32 1, b i32 2, c i32 3, d i64 4, e f32 5 }
import! { loading_import_n348 "loading_import_n348": a i32 1, b i32 2, c i32 3, d i64 4, e f64 5 }
import! { loading_import_n349 "loading_import_n349": a i32 1, b i32 2, c i32 3, d f32 4, e i32 5 }
import! { loading_import_n350 "loading_import_n350": a i32 1, b i32 2, c i32 3, d f32 4, e i64 5 }
import! { loading_import_n351 "loading_import_n351": a i32 1, b i32 2, c i32 3, d f32 4, e f32 5 }
import! { loading_import_n352 "loading_import_n352": a i32 1, b i32 2, c i32 3, d f32 4, e f64 5 }
import! { loading_import_n353 "loading_import_n353": a i32 1, b i32 2, c i32 3, d f64 4, e i32 5 }
import! { loading_import_n354 "loading_import_n354": a i32 1, b i32 2, c i32 3, d f64 4, e i64 5 }
import! { loading_import_n355 "loading_import_n355": a i32 1, b i32 2, c i32 3, d f64 4, e f32 5 }
import! { loading_import_n356 "loading_import_n356": a i32 1, b i32 2, c i32 3, d f64 4, e f64 5 }
import! { loading_import_n357 "loading_import_n357": a i32 1, b i32 2, c i64 3, d i32 4, e i32 5 }
import! { loading_import_n358 "loading_import_n358": a i32 1, b i32 2, c i64 3, d i32 4, e i64 5 }
import! { loading_import_n359 "loading_import_n359": a i32 1, b i32 2, c i64 3, d i32 4, e f32 5 }
import! { loading_import_n360 "loading_import_n360": a i32 1, b i32 2, c i64 3, d i32 4, e f64 5 }
import! { loading_import_n361 "loading_import_n361": a i32 1, b i32 2, c i64 3, d i64 4, e i32 5 }
import! { loading_import_n362 "loading_import_n362": a i32 1, b i32 2, c i64 3, d i64 4, e i64 5 }
import! { loading_import_n363 "loading_import_n363": a i32 1, b i32 2, c i64 3, d i64 4, e f32 5 }
import! { loading_import_n364 "loading_import_n364": a i32 1, b i32 2, c i64 3, d i64 4, e f64 5 }
import! { loading_import_n365 "loading_import_n365": a i32 1, b i32 2, c i64 3, d f32 4, e i32 5 }
import! { loading_import_n366 "loading_import_n366": a i32 1, b i32 2, c i64 3, d f32 4, e i64 5 }
import! { loading_import_n367 "loading_import_n367": a i32 1, b i32 2, c i64 3, d f32 4, e f32 5 }
import! { loading_import_n368 "loading_import_n368": a i32 1, b i32 2, c i64 3, d f32 4, e f64 5 }
import! { loading_import_n369 "loading_import_n369": a i32 1, b i32 2, c i64 3, d f64 4, e i32 5 }
import! { loading_import_n370 "loading_import_n370": a i32 1, b i32 2, c i64 3, d f64 4, e i64 5 }
import! { loading_import_n371 "loading_import_n371": a i32 1, b i32 2, c i64 3, d f64 4, e f32 5 }
import! { loading_import_n372 "loading_import_n372": a i32 1, b i32 2, c i64 3, d f64 4, e f64 5 }
import! { loading_import_n373 "loading_import_n373": a i32 1, b i32 2, c f32 3, d i32 4, e i32 5 }
import! { loading_import_n374 "loading_import_n374": a i32 1, b i32 2, c f32 3, d i32 4, e i64 5 }
import! { loading_import_n375 "loading_import_n375": a i32 1, b i32 2, c f32 3, d i32 4, e f32 5 }
import! { loading_import_n376 "loading_import_n376": a i32 1, b i32 2, c f32 3, d i32 4, e f64 5 }
import! { loading_import_n377 "loading_import_n377": a i32 1, b i32 2, c f32 3, d i64 4, e i32 5 }
import! { loading_import_n378 "loading_import_n378": a i32 1, b i32 2, c f32 3, d i64 4, e i64 5 }
import! { loading_import_n379 "loading_import_n379": a i32 1, b i32 2, c f32 3, d i64 4, e f32 5 }
import! { loading_import_n380 "loading_import_n380": a i32 1, b i32 2, c f32 3, d i64 4, e f64 5 }
import! { loading_import_n381 "loading_import_n381": a i32 1, b i32 2, c f32 3, d f32 4, e i32 5 }
import! { loading_import_n382 "loading_import_n382": a i32 1, b i32 2, c f32 3, d f32 4, e i64 5 }
import! { loading_import_n383 "loading_import_n383": a i32 1, b i32 2, c f32 3, d f32 4, e f32 5 }
import! { loading_import_n384 "loading_import_n384": a i32 1, b i32 2, c f32 3, d f32 4, e f64 5 }
import! { loading_import_n385 "loading_import_n385": a i32 1, b i32 2, c f32 3, d f64 4, e i32 5 }
import! { loading_import_n386 "loading_import_n386": a i32 1, b i32 2, c f32 3, d f64 4, e i64 5 }
import! { loading_import_n387 "loading_import_n387": a i32 1, b i32 2, c f32 3, d f64 4, e f32 5 }
import! { loading_import_n388 "loading_import_n388": a i32 1, b i32 2, c f32 3, d f64 4, e f64 5 }
import! { loading_import_n389 "loading_import_n389": a i32 1, b i32 2, c f64 3, d i32 4, e i32 5 }
import! { loading_import_n390 "loading_import_n390": a i32 1, b i32 2, c f64 3, d i32 4, e i64 5 }
import! { loading_import_n391 "loading_import_n391": a i32 1, b i32 2, c f64 3, d i32 4, e f32 5 }
import! { loading_import_n392 "loading_import_n392": a i32 1, b i32 2, c f64 3, d i32 4, e f64 5 }
import! { loading_import_n393 "loading_import_n393": a i32 1, b i32 2, c f64 3, d i64 4, e i32 5 }
import! { loading_import_n394 "loading_import_n394": a i32 1, b i32 2, c f64 3, d i64 4, e i64 5 }
import! { loading_import_n395 "loading_import_n395": a i32 1, b i32 2, c f64 3, d i64 4, e f32 5 }
import! { loading_import_n396 "loading_import_n396": a i32 1, b i32 2, c f64 3, d i64 4, e f64 5 }
import! { loading_import_n397 "loading_import_n397": a i32 1, b i32 2, c f64 3, d f32 4, e i32 5 }
import! { loading_import_n398 "loading_import_n398": a i32 1, b i32 2, c f64 3, d f32 4, e i64 5 }
import! { loading_import_n399 "loading_import_n399": a i32 1, b i32 2, c f64 3, d f32 4, e f32 5 }
import! { loading_import_n400 "loading_import_n400": a i32 1, b i32 2, c f64 3, d f32 4, e f64 5 }
import! { loading_import_n401 "loading_import_n401": a i32 1, b i32 2, c f64 3, d f64 4, e i32 5 }
import! { loading_import_n402 "loading_import_n402": a i32 1, b i32 2, c f64 3, d f64 4, e i64 5 }
import! { loading_import_n403 "loading_import_n403": a i32 1, b i32 2, c f64 3, d f64 4, e f32 5 }
import! { loading_import_n404 "loading_import_n404": a i32 1, b i32 2, c f64 3, d f64 4, e f64 5 }
import! { loading_import_n405 "loading_import_n405": a i32 1, b i64 2, c i32 3, d i32 4, e i32 5 }
import! { loading_import_n406 "loading_import_n406": a i32 1, b i64 2, c i32 3, d i32 4, e i64 5 }
import! { loading_import_n407 "loading_import_n407": a i32 1, b i64 2, c i32 3, d i32 4, e f32 5 }
import! { loading_import_n408 "loading_import_n408": a i32 1, b i64 2, c i32 3, d i32 4, e f64 5 }
import! { loading_import_n409 "loading_import_n409": a i32 1, b i64 2, c i32 3, d i64 4, e i32 5 }
import! { loading_import_n410 "loading_import_n410": a i32 1, b i64 2, c i32 3, d i64 4, e i64 5 }
import! { loading_import_n411 "loading_import_n411": a i32 1, b i64 2, c i32 3, d i64 4, e f32 5 }
import! { loading_import_n412 "loading_import_n412": a i32 1, b i64 2, c i32 3, d i64 4, e f64 5 }
import! { loading_import_n413 "loading_import_n413": a i32 1, b i64 2, c i32 3, d f32 4, e i32 5 }
import! { loading_import_n414 "loading_import_n414": a i32 1, b i64 2, c i32 3, d f32 4, e i64 5 }
import! { loading_import_n415 "loading_import_n415": a i32 1, b i64 2, c i32 3, d f32 4, e f32 5 }
import! { loading_import_n416 "loading_import_n416": a i32 1, b i64 2, c i32 3, d f32 4, e f64 5 }
import! { loading_import_n417 "loading_import_n417": a i32 1, b i64 2, c i32 3, d f64 4, e i32 5 }
import! { loading_import_n418 "loading_import_n418": a i32 1, b i64 2, c i32 3, d f64 4, e i64 5 }
import! { loading_import_n419 "loading_import_n419": a i32 1, b i64 2, c i32 3, d f64 4, e f32 5 }
import! { loading_import_n420 "loading_import_n420": a i32 1, b i64 2, c i32 3, d f64 4, e f64 5 }
import! { loading_import_n421 "loading_import_n421": a i32 1, b i64 2, c i64 3, d i32 4, e i32 5 }
import! { loading_import_n422 "loading_import_n422": a i32 1, b i64 2, c i64 3, d i32 4, e i64 5 }
import! { loading_import_n423 "loading_import_n423": a i32 1, b i64 2, c i64 3, d i32 4, e f32 5 }
import! { loading_import_n424 "loading_import_n424": a i32 1, b i64 2, c i64 3, d i32 4, e f64 5 }
import! { loading_import_n425 "loading_import_n425": a i32 1, b i64 2, c i64 3, d i64 4, e i32 5 }
import! { loading_import_n426 "loading_import_n426": a i32 1, b i64 2, c i64 3, d i64 4, e i64 5 }
import! { loading_import_n427 "loading_import_n427": a i32 1, b i64 2, c i64 3, d i64 4, e f32 5 }
import! { loading_import_n428 "loading_import_n428": a i32 1, b i64 2, c i64 3, d i64 4, e f64 5 }
import! { loading_import_n429 "loading_import_n429": a i32 1, b i64 2, c i64 3, d f32 4, e i32 5 }
import! { loading_import_n430 "loading_import_n430": a i32 1, b i64 2, c i64 3, d f32 4, e i64 5 }
import! { loading_import_n431 "loading_import_n431": a i32 1, b i64 2, c i64 3, d f32 4, e f32 5 }
import! { loading_import_n432 "loading_import_n432": a i32 1, b i64 2, c i64 3, d f32 4, e f64 5 }
import! { loading_import_n433 "loading_import_n433": a i32 1, b i64 2, c i64 3, d f64 4, e i32 5 }
import! { loading_import_n434 "loading_import_n434": a i32 1, b i64 2, c i64 3, d f64 4, e i64 5 }
import! { loading_import_n435 "loading_import_n435": a i32 1, b i64 2, c i64 3, d f64 4, e f32 5 }
import! { loading_import_n436 "loading_import_n436": a i32 1, b i64 2, c i64 3, d f64 4, e f64 5 }
import! { loading_import_n437 "loading_import_n437": a i32 1, b i64 2, c f32 3, d i32 4, e i32 5 }
import! { loading_import_n438 "loading_import_n438": a i32 1, b i64 2, c f32 3, d i32 4, e i64 5 }
import! { loading_import_n439 "loading_import_n439": a i32 1, b i64 2, c f32 3, d i32 4, e f32 5 }
import! { loading_import_n440 "loading_import_n440": a i32 1, b i64 2, c f32 3, d i32 4, e f64 5 }
import! { loading_import_n441 "loading_import_n441": a i32 1, b i64 2, c f32 3, d i64 4, e i32 5 }
import! { loading_import_n442 "loading_import_n442": a i32 1, b i64 2, c f32 3, d i64 4, e i64 5 }
import! { loading_import_n443 "loading_import_n443": a i32 1, b i64 2, c f32 3, d i64 4, e f32 5 }
import! { loading_import_n444 "loading_import_n444": a i32 1, b i64 2, c f32 3, d i64 4, e f64 5 }
import! { loading_import_n445 "loading_import_n445": a i32 1, b i64 2, c f32 3, d f32 4, e i32 5 }
import! { loading_import_n446 "loading_import_n446": a i32 1, b i64 2, c f32 3, d f32 4, e i64 5 }
import! { loading_import_n447 "loading_import_n447": a i32 1, b i64 2, c f32 3, d f32 4, e f32 5 }
import! { loading_import_n448 "loading_import_n448": a i32 1, b i64 2, c f32 3, d f32 4, e f64 5 }
import! { loading_import_n449 "loading_import_n449": a i32 1, b i64 2, c f32 3, d f64 4, e i32 5 }
import! { loading_import_n450 "loading_import_n450": a i32 1, b i64 2, c f32 3, d f64 4, e i64 5 }
import! { loading_import_n451 "loading_import_n451": a i32 1, b i64 2, c f32 3, d f64 4, e f32 5 }
import! { loading_import_n452 "loading_import_n452": a i32 1, b i64 2, c f32 3, d f64 4, e f64 5 }
import! { loading_import_n453 "loading_import_n453": a i32 1, b i64 2, c f64 3, d i32 4, e i32 5 }
import! { loading_import_n454 "loading_import_n454": a i32 1, b i64 2, c f64 3, d i32 4, e i64 5 }
import! { loading_import_n455 "loading_import_n455": a i32 1, b i64 2, c f64 3, d i32 4, e f32 5 }
import! { loading_import_n456 "loading_import_n456": a i32 1, b i64 2, c f64 3, d i32 4, e f64 5 }
import! { loading_import_n457 "loading_import_n457": a i32 1, b i64 2, c f64 3, d i64 4, e i32 5 }
import! { loading_import_n458 "loading_import_n458": a i32 1, b i64 2, c f64 3, d i64 4, e i64 5 }
import! { loading_import_n459 "loading_import_n459": a i32 1, b i64 2, c f64 3, d i64 4, e f32 5 }
import! { loading_import_n460 "loading_import_n460": a i32 1, b i64 2, c f64 3, d i64 4, e f64 5 }
import! { loading_import_n461 "loading_import_n461": a i32 1, b i64 2, c f64 3, d f32 4, e i32 5 }
import! { loading_import_n462 "loading_import_n462": a i32 1, b i64 2, c f64 3, d f32 4, e i64 5 }
import! { loading_import_n463 "loading_import_n463": a i32 1, b i64 2, c f64 3, d f32 4, e f32 5 }
import! { loading_import_n464 "loading_import_n464": a i32 1, b i64 2, c f64 3, d f32 4, e f64 5 }
import! { loading_import_n465 "loading_import_n465": a i32 1, b i64 2, c f64 3, d f64 4, e i32 5 }
import! { loading_import_n466 "loading_import_n466": a i32 1, b i64 2, c f64 3, d f64 4, e i64 5 }
import! { loading_import_n467 "loading_import_n467": a i32 1, b i64 2, c f64 3, d f64 4, e f32 5 }
import! { loading_import_n468 "loading_import_n468": a i32 1, b i64 2, c f64 3, d f64 4, e f64 5 }
import! { loading_import_n469 "loading_import_n469": a i32 1, b f32 2, c i32 3, d i32 4, e i32 5 }
import! { loading_import_n470 "loading_import_n470": a i32 1, b f32 2, c i32 3, d i32 4, e i64 5 }
import! { loading_import_n471 "loading_import_n471": a i32 1, b f32 2, c i32 3, d i32 4, e f32 5 }
import! { loading_import_n472 "loading_import_n472": a i32 1, b f32 2, c i32 3, d i32 4, e f64 5 }
import! { loading_import_n473 "loading_import_n473": a i32 1, b f32 2, c i32 3, d i64 4, e i32 5 }
import! { loading_import_n474 "loading_import_n474": a i32 1, b f32 2, c i32 3, d i64 4, e i64 5 }
import! { loading_import_n475 "loading_import_n475": a i32 1, b f32 2, c i32 3, d i64 4, e f32 5 }
import! { loading_import_n476 "loading_import_n476": a i32 1, b f32 2, c i32 3, d i64 4, e f64 5 }
import! { loading_import_n477 "loading_import_n477": a i32 1, b f32 2, c i32 3, d f32 4, e i32 5 }
import! { loading_import_n478 "loading_import_n478": a i32 1, b f32 2, c i32 3, d f32 4, e i64 5 }
import! { loading_import_n479 "loading_import_n479": a i32 1, b f32 2, c i32 3, d f32 4, e f32 5 }
import! { loading_import_n480 "loading_import_n480": a i32 1, b f32 2, c i32 3, d f32 4, e f64 5 }
import! { loading_import_n481 "loading_import_n481": a i32 1, b f32 2, c i32 3, d f64 4, e i32 5 }
import! { loading_import_n482 "loading_import_n482": a i32 1, b f32 2, c i32 3, d f64 4, e i64 5 }
import! { loading_import_n483 "loading_import_n483": a i32 1, b f32 2, c i32 3, d f64 4, e f32 5 }
import! { loading_import_n484 "loading_import_n484": a i32 1, b f32 2, c i32 3, d f64 4, e f64 5 }
import! { loading_import_n485 "loading_import_n485": a i32 1, b f32 2, c i64 3, d i32 4, e i32 5 }
import! { loading_import_n486 "loading_import_n486": a i32 1, b f32 2, c i64 3, d i32 4, e i64 5 }
import! { loading_import_n487 "loading_import_n487": a i32 1, b f32 2, c i64 3, d i32 4, e f32 5 }
import! { loading_import_n488 "loading_import_n488": a i32 1, b f32 2, c i64 3, d i32 4, e f64 5 }
import! { loading_import_n489 "loading_import_n489": a i32 1, b f32 2, c i64 3, d i64 4, e i32 5 }
import! { loading_import_n490 "loading_import_n490": a i32 1, b f32 2, c i64 3, d i64 4, e i64 5 }
import! { loading_import_n491 "loading_import_n491": a i32 1, b f32 2, c i64 3, d i64 4, e f32 5 }
import! { loading_import_n492 "loading_import_n492": a i32 1, b f32 2, c i64 3, d i64 4, e f64 5 }
import! { loading_import_n493 "loading_import_n493": a i32 1, b f32 2, c i64 3, d f32 4, e i32 5 }
import! { loading_import_n494 "loading_import_n494": a i32 1, b f32 2, c i64 3, d f32 4, e i64 5 }
import! { loading_import_n495 "loading_import_n495": a i32 1, b f32 2, c i64 3, d f32 4, e f32 5 }
import! { loading_import_n496 "loading_import_n496": a i32 1, b f32 2, c i64 3, d f32 4, e f64 5 }
import! { loading_import_n497 "loading_import_n497": a i32 1, b f32 2, c i64 3, d f64 4, e i32 5 }
import! { loading_import_n498 "loading_import_n498": a i32 1, b f32 2, c i64 3, d f64 4, e i64 5 }
import! { loading_import_n499 "loading_import_n499": a i32 1, b f32 2, c i64 3, d f64 4, e f32 5 }
import! { loading_import_n500 "loading_import_n500": a i32 1, b f32 2, c i64 3, d f64 4, e f64 5 }
