// Comfort for the forms of corrections: words that were selected in the text go into a field by a button. Without it they are typed or pasted.
(function(){
"use strict";
var kept="";
function words(){
 var s=getSelection(),n=s.rangeCount&&s.anchorNode,e=n&&(n.nodeType===1?n:n.parentElement);
 if(!e||s.isCollapsed||!e.closest(".context,.text"))return "";
 var box=document.createElement("div");
 box.appendChild(s.getRangeAt(0).cloneContents());
 box.querySelectorAll(".b,.unseen,button,summary").forEach(function(x){x.remove()});
 return box.textContent.replace(/\s+/g," ").trim();
}
function fresh(){
 document.querySelectorAll("button.take").forEach(function(b){b.disabled=!kept});
}
document.addEventListener("selectionchange",function(){var w=words();if(w){kept=w;fresh()}});
document.querySelectorAll("textarea[data-words]").forEach(function(field){
 var b=document.createElement("button");
 b.type="button";b.className="take";b.disabled=true;b.textContent="Use the selected words";
 b.setAttribute("aria-label","Use the selected words as: "+field.labels[0].firstChild.textContent.trim());
 b.addEventListener("click",function(){field.value=kept;field.focus()});
 field.parentElement.after(b);
});
})();
